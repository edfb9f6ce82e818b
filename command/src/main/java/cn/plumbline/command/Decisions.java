package cn.plumbline.command;

import cn.plumbline.events.Classification;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.Rejection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.MessageType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;

/**
 * The door to all decisions. A command that has been submitted is carried out to its end, also when the caller goes
 * away: cancelling only drops the answer.
 */
public final class Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    /** How many commands may wait for their turn or have it in this process; more are turned away at once. */
    private static final int WAITING_MAX = 10_000;

    /** How often a command that lost against another one is run again, and for how long at most. */
    private static final int RUNS_AGAIN_MAX = 9;

    private static final Duration RUNS_AGAIN_WITHIN = Duration.ofSeconds(2);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(5);
    private static final Duration PAUSE_MAX = Duration.ofMillis(250);
    private static final double PAUSE_JITTER = 0.75;

    private static final String VERSION = "1";

    private final CommandBus bus;
    private final Receipts receipts;
    private final AttemptLog attempts;
    private final JournalHead head;
    private final Clock clock;
    private final Supplier<String> ids;
    private final KeyedQueue queue = new KeyedQueue(WAITING_MAX, Schedulers.parallel()::schedule);

    Decisions(
            CommandBus bus,
            Receipts receipts,
            AttemptLog attempts,
            JournalHead head,
            Clock clock,
            Supplier<String> ids) {
        this.bus = bus;
        this.receipts = receipts;
        this.attempts = attempts;
        this.head = head;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Decides a command.
     *
     * @return the outcome; fails with {@link CommandsOverloadedException} when too many wait, and with the event
     *     store's own failures
     * @throws IllegalArgumentException when there is no command of the name
     */
    public Mono<Outcome> decide(CommandRequest request) {
        CommandDefinition definition = CommandCatalogue.find(request.name())
                .orElseThrow(() -> new IllegalArgumentException("no command " + request.name()));
        return Mono.defer(() -> decide(definition, request));
    }

    /**
     * Refuses a command for a reason that lies outside of its rules, such as the actor's scope. It is kept as an attempt
     * like any other, and like any other without content that must not be kept.
     *
     * @return the outcome, whose first rejection is the given one
     */
    public Mono<Outcome> refuse(CommandRequest request, Rejection reason) {
        return Mono.defer(() -> {
            Body body = Body.of(request.body());
            List<Rejection> rejections = new ArrayList<>(List.of(reason));
            rejections.addAll(GeneralRules.check(request.body(), body.canonicalBytes()));
            return toItsEnd(rejected(request, body, rejections));
        });
    }

    private Mono<Outcome> decide(CommandDefinition definition, CommandRequest request) {
        Body body = Body.of(request.body());
        List<Rejection> general = GeneralRules.check(request.body(), body.canonicalBytes());
        if (!general.isEmpty()) {
            return toItsEnd(rejected(request, body, general));
        }
        Command command;
        BodySchema.EnvelopeFields fields;
        try {
            command = body.command(definition.type(), definition.createdId().orElse(null), ids.get());
            fields = body.envelopeFields();
        } catch (JacksonException e) {
            return Mono.just(new Outcome.Invalid(request.commandId(), List.of(Body.fault(e))));
        }
        List<FieldError> faults = faults(definition, command, fields);
        if (!faults.isEmpty()) {
            return Mono.just(new Outcome.Invalid(request.commandId(), faults));
        }
        Envelope envelope = envelope(request, body, fields);
        CommandMessage message = message(definition, command, envelope, request);
        // The turn ends with the decision: what is told of it afterwards, the next one need not wait for.
        CompletableFuture<Outcome> outcome = queue.submit(
                        keys(definition, command, envelope),
                        () -> run(definition, request, body, command, message).toFuture())
                .thenCompose(Mono::toFuture);
        return Mono.fromFuture(outcome, true);
    }

    /** Also when the caller goes away. */
    private static Mono<Outcome> toItsEnd(Mono<Outcome> outcome) {
        return Mono.fromFuture(outcome.toFuture(), true);
    }

    /** What the schema says too: a caller may have none. The command's own faults are asked of a complete one. */
    private static List<FieldError> faults(
            CommandDefinition definition, Command command, BodySchema.EnvelopeFields fields) {
        List<FieldError> faults = new ArrayList<>(Completeness.faults(fields));
        if (command instanceof Record record) {
            faults.addAll(Completeness.faults(record));
        }
        if (faults.isEmpty()) {
            faults.addAll(command.faults());
        }
        if (definition.basisRequired()
                && (fields.basis() == null || fields.basis().isEmpty())) {
            faults.add(new FieldError("/basis", "REQUIRED", "必填", "Required"));
        }
        return faults;
    }

    private Envelope envelope(CommandRequest request, Body body, BodySchema.EnvelopeFields fields) {
        return new Envelope(
                request.commandId(),
                request.name(),
                body.hash(),
                request.correlationId(),
                request.causationId(),
                request.actor(),
                Optional.ofNullable(fields.occurredOn()).orElseGet(() -> LocalDate.now(clock)),
                Optional.ofNullable(fields.basis()).orElse(List.of()),
                fields.approval(),
                GeneralRules.classification(request.body()).orElse(Classification.INTERNAL));
    }

    private static CommandMessage message(
            CommandDefinition definition, Command command, Envelope envelope, CommandRequest request) {
        Map<String, String> metadata = envelope.toMetadata();
        request.ifMatch().ifPresent(position -> metadata.put(DecisionHandler.IF_MATCH, Long.toString(position)));
        return new GenericCommandMessage(new MessageType(definition.qualifiedName(), VERSION), command, metadata);
    }

    /** The items that a command of this kind may change itself: two that share one would collide. */
    @SuppressWarnings("unchecked") // as in the handler
    private <C extends Command> Set<CriteriaItem> keys(
            CommandDefinition definition, Command command, Envelope envelope) {
        Decider<C, ?> decider = (Decider<C, ?>) definition.decider();
        Set<CriteriaItem> keys =
                decider.criteria(new Submission<>((C) command, envelope, LocalDate.now(clock))).stream()
                        .filter(item -> item.types().stream().anyMatch(definition.events()::contains))
                        .collect(Collectors.toSet());
        keys.add(CriteriaItem.any(EventMessages.commandTag(envelope.commandId())));
        return keys;
    }

    /** Decides, and gives how the outcome is then to be told. */
    private Mono<Mono<Outcome>> run(
            CommandDefinition definition, CommandRequest request, Body body, Command command, CommandMessage message) {
        long deadline = System.nanoTime() + RUNS_AGAIN_WITHIN.toNanos();
        Retry again = Retry.backoff(RUNS_AGAIN_MAX, PAUSE_FIRST)
                .maxBackoff(PAUSE_MAX)
                .jitter(PAUSE_JITTER)
                .filter(failure -> lostAgainstAnother(failure) && System.nanoTime() < deadline)
                .onRetryExhaustedThrow((spec, signal) -> signal.failure());
        return onLatestFacts(message)
                .retryWhen(again)
                .map(answer -> outcome(definition, request, command, answer))
                .onErrorResume(failure -> Mono.just(refused(request, body, failure)));
    }

    /**
     * What is accepted is appended under the condition that its facts have not changed. What records nothing has no such
     * check, so it is decided once more where other processes had recorded something that was not seen here yet.
     */
    private Mono<Answer> onLatestFacts(CommandMessage message) {
        return Mono.defer(() -> {
            long seen = head.seen();
            return dispatch(message)
                    .flatMap(answer -> answer instanceof Answer.Appended appended && appended.events() == 0
                            ? ifNothingIsNew(seen, message, Mono.just(answer))
                            : Mono.just(answer))
                    .onErrorResume(
                            failure -> unwrapped(failure) instanceof CommandRejectedException,
                            failure -> ifNothingIsNew(seen, message, Mono.error(failure)));
        });
    }

    private Mono<Answer> ifNothingIsNew(long seen, CommandMessage message, Mono<Answer> first) {
        return head.latest().flatMap(latest -> latest > seen ? dispatch(message) : first);
    }

    private Mono<Answer> dispatch(CommandMessage message) {
        return Mono.fromFuture(() -> bus.dispatch(message, null), true)
                .map(result -> (Answer) Objects.requireNonNull(result.payload()));
    }

    private Mono<Outcome> outcome(
            CommandDefinition definition, CommandRequest request, Command command, Answer answer) {
        return switch (answer) {
            case Answer.KeyReused reused -> Mono.just(new Outcome.KeyReused(request.commandId()));
            case Answer.NewerThan newer ->
                Mono.just(new Outcome.PreconditionFailed(request.commandId(), newer.position()));
            case Answer.Replayed replayed ->
                Mono.just(receipts.again(definition, request.commandId(), replayed.events()));
            case Answer.Appended appended
            when appended.events() == 0 -> receipts.nothingToDo(definition, request.commandId(), command);
            case Answer.Appended appended -> receipts.first(definition, request.commandId());
        };
    }

    private Mono<Outcome> refused(CommandRequest request, Body body, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof CommandRejectedException rejection) {
            return rejected(request, body, rejection.rejections());
        }
        if (lostAgainstAnother(cause)) {
            return Mono.just(new Outcome.Conflict(request.commandId()));
        }
        return Mono.error(cause);
    }

    private Mono<Outcome> rejected(CommandRequest request, Body body, List<Rejection> rejections) {
        List<Rejection> sorted = CommandRejectedException.sorted(rejections);
        boolean keptOut = sorted.stream().map(Rejection::code).anyMatch(GeneralRules.CONTENT_KEPT_OUT::contains);
        LOG.info(
                "refused {} {} of {}: {}",
                request.name(),
                request.commandId(),
                request.actor().userId(),
                sorted.stream().map(Rejection::code).distinct().toList());
        Attempt attempt = new Attempt(
                request.commandId(),
                request.name(),
                request.correlationId(),
                request.actor(),
                clock.instant(),
                sorted,
                keptOut ? null : request.body(),
                keptOut ? null : body.hash());
        return attempts.append(attempt).thenReturn(new Outcome.Rejected(request.commandId(), sorted));
    }

    private static boolean lostAgainstAnother(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AppendEventsTransactionRejectedException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable unwrapped(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommandRejectedException) {
                return cause;
            }
        }
        return Exceptions.unwrap(failure);
    }
}
