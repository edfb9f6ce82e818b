package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Classification;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Rejection;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The decisions on Axon's in-memory engine, wired as the product wires them. */
final class TestSystem implements AutoCloseable {

    static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T02:00:00Z"), ZoneId.of("Asia/Shanghai"));
    static final Actor CLERK = new Actor("clerk", "clerk", null);
    static final Actor CLERK2 = new Actor("clerk2", "clerk", null);
    static final Duration LIMIT = Duration.ofSeconds(20);

    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    final Decisions decisions;
    private final EventStorageEngine engine;
    private final AxonConfiguration configuration;

    TestSystem() {
        this(new InMemoryEventStorageEngine());
    }

    TestSystem(EventStorageEngine engine) {
        this(engine, JournalHead.ofOneProcess());
    }

    TestSystem(EventStorageEngine engine, JournalHead head) {
        this.engine = engine;
        AtomicInteger ids = new AtomicInteger();
        configuration = CommandConfiguration.configure(
                        EventSourcingConfigurer.create().registerEventStorageEngine(c -> engine),
                        attempt -> Mono.fromRunnable(() -> attempts.add(attempt)),
                        head,
                        CLOCK,
                        () -> "made-" + ids.incrementAndGet())
                .start();
        decisions = configuration.getComponent(Decisions.class);
    }

    Outcome decide(String name, String body) {
        return decide(name, body, UUID.randomUUID().toString());
    }

    @CanIgnoreReturnValue
    Outcome decide(String name, String body, String commandId) {
        return decisions.decide(request(name, body, commandId, CLERK)).block(LIMIT);
    }

    Outcome decideAs(Actor actor, String name, String body) {
        return decisions
                .decide(request(name, body, UUID.randomUUID().toString(), actor))
                .block(LIMIT);
    }

    /** Decides what is only there to prepare a situation. */
    @CanIgnoreReturnValue
    Outcome.Accepted given(String name, String body) {
        Outcome outcome = decide(name, body);
        assertThat(outcome).as(name + body).isInstanceOf(Outcome.Accepted.class);
        return (Outcome.Accepted) outcome;
    }

    /** The position of the last event. */
    long head() {
        return engine.latestToken(null).join().position().orElse(0);
    }

    /** Everything in the journal, in order. */
    List<Recorded<? extends DomainEvent>> history() {
        return engine.source(SourcingCondition.conditionFor(EventCriteria.havingAnyTag()), null)
                .filter(entry -> entry.getResource(ConsistencyMarker.RESOURCE_KEY) == null)
                .reduce(new ArrayList<Recorded<? extends DomainEvent>>(), (events, entry) -> {
                    events.add(EventMessages.recorded(entry));
                    return events;
                })
                .join();
    }

    /** Puts events into the journal as if commands had, one command each; for histories too long to be decided. */
    void record(List<? extends DomainEvent> events) {
        List<TaggedEventMessage<?>> messages = new ArrayList<>();
        for (DomainEvent event : events) {
            EventMessage message = EventMessages.message(envelope("r" + messages.size()), 1, event, CLOCK.instant());
            Set<Tag> tags = EventMessages.tags(message).stream()
                    .map(EventMessages::axonTag)
                    .collect(Collectors.toSet());
            messages.add(new GenericTaggedEventMessage<>(message, tags));
        }
        engine.appendEvents(AppendCondition.none(), null, messages)
                .thenCompose(transaction -> transaction.commit(null))
                .join();
    }

    private static Envelope envelope(String commandId) {
        return new Envelope(
                commandId, "Test", "hash", "correlation", null, CLERK, TODAY, List.of(), null, Classification.INTERNAL);
    }

    List<String> codes(String name, String body) {
        return codes(decide(name, body));
    }

    static List<String> codes(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected
                ? rejected.rejections().stream().map(Rejection::code).toList()
                : List.of(outcome.getClass().getSimpleName());
    }

    static CommandRequest request(String name, String body, String commandId, Actor actor) {
        return new CommandRequest(name, json(body), commandId, actor, OptionalLong.empty(), "correlation", null);
    }

    static ObjectNode json(String text) {
        return (ObjectNode) EventJson.mapper().readTree(text.replace('\'', '"'));
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
