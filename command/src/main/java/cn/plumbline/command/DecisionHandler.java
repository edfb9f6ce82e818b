package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandHandler;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;

/**
 * The one command handler: reads the boundary, applies corrections, folds, decides, and appends under the condition
 * just read. A conflict fails the unit of work; whoever dispatched may run the whole command again.
 */
final class DecisionHandler<C extends Command, S> implements CommandHandler {

    /** The metadata with the caller's position, in digits. */
    static final String IF_MATCH = "ifMatch";

    private static final MessageType ANSWER = new MessageType("command.Answer");

    /** How often facts may name further ones; a decision that asks for more is written wrongly. */
    private static final int ROUNDS_MAX = 8;

    private final CommandDefinition definition;
    private final Class<C> type;
    private final Decider<C, S> decider;
    private final EventStore store;
    private final LongHistories histories;
    private final Clock clock;

    @SuppressWarnings("unchecked") // a definition is only made of a record and the decider for it
    DecisionHandler(CommandDefinition definition, EventStore store, LongHistories histories, Clock clock) {
        this.definition = definition;
        this.type = (Class<C>) definition.type();
        this.decider = (Decider<C, S>) definition.decider();
        this.store = store;
        this.histories = histories;
        this.clock = clock;
    }

    @Override
    public MessageStream.Single<CommandResultMessage> handle(CommandMessage message, ProcessingContext context) {
        Submission<C> submission = new Submission<>(
                type.cast(Objects.requireNonNull(message.payload())),
                Envelope.of(message.metadata()),
                LocalDate.now(clock));
        String ifMatch = message.metadata().get(IF_MATCH);
        CompletableFuture<Answer> answer = answer(
                submission,
                new Boundary(store.transaction(context), histories),
                context,
                ifMatch == null ? -1 : Long.parseLong(ifMatch));
        return MessageStream.fromFuture(answer.thenApply(done -> new GenericCommandResultMessage(ANSWER, done)));
    }

    private CompletableFuture<Answer> answer(
            Submission<C> submission, Boundary boundary, ProcessingContext context, long ifMatch) {
        List<CriteriaItem> items = new ArrayList<>(decider.criteria(submission));
        items.add(
                CriteriaItem.any(EventMessages.commandTag(submission.envelope().commandId())));
        return boundary.widen(items).thenCompose(read -> {
            List<Recorded<? extends DomainEvent>> own = own(submission.envelope(), boundary);
            return own.isEmpty()
                    ? fold(submission, boundary, ROUNDS_MAX)
                            .thenCompose(state -> decide(submission, state, boundary, context, ifMatch))
                    : CompletableFuture.completedFuture(repeated(submission.envelope(), own));
        });
    }

    private static List<Recorded<? extends DomainEvent>> own(Envelope envelope, Boundary boundary) {
        return boundary.history().stream()
                .filter(recorded -> recorded.envelope().commandId().equals(envelope.commandId()))
                .toList();
    }

    private static Answer repeated(Envelope envelope, List<Recorded<? extends DomainEvent>> own) {
        Envelope first = own.getFirst().envelope();
        boolean same = first.commandName().equals(envelope.commandName())
                && first.bodyHash().equals(envelope.bodyHash())
                && first.actor().userId().equals(envelope.actor().userId());
        return same ? new Answer.Replayed(own) : new Answer.KeyReused();
    }

    private CompletableFuture<S> fold(Submission<C> submission, Boundary boundary, int rounds) {
        S state = decider.initial(submission);
        for (Recorded<? extends DomainEvent> recorded : decider.folded(boundary.history())) {
            state = decider.evolve(state, recorded);
        }
        List<CriteriaItem> further = decider.further(submission, state);
        if (boundary.covers(further)) {
            return CompletableFuture.completedFuture(state);
        }
        if (rounds == 0) {
            throw new IllegalStateException(definition.name() + " asks for ever more facts");
        }
        return boundary.widen(further).thenCompose(read -> fold(submission, boundary, rounds - 1));
    }

    private CompletableFuture<Answer> decide(
            Submission<C> submission, S state, Boundary boundary, ProcessingContext context, long ifMatch) {
        if (ifMatch >= 0 && boundary.newest() > ifMatch) {
            return CompletableFuture.completedFuture(new Answer.NewerThan(boundary.newest()));
        }
        return switch (decider.decide(submission, state)) {
            case Decision.Rejected rejected -> throw new CommandRejectedException(rejected.rejections());
            case Decision.Accepted accepted -> append(submission.envelope(), accepted.events(), context);
        };
    }

    /** Publishing in the context appends to its transaction, so under the boundary that was read. */
    private CompletableFuture<Answer> append(Envelope envelope, List<DomainEvent> events, ProcessingContext context) {
        List<EventMessage> messages = new ArrayList<>();
        for (DomainEvent event : events) {
            if (!definition.events().contains(EventCatalogue.type(event.getClass()))) {
                throw new IllegalStateException(definition.name() + " does not say that it records " + event);
            }
            messages.add(EventMessages.message(envelope, messages.size() + 1, event, clock.instant()));
        }
        Answer appended = new Answer.Appended(messages.size());
        return messages.isEmpty()
                ? CompletableFuture.completedFuture(appended)
                : store.publish(context, messages).thenApply(published -> appended);
    }
}
