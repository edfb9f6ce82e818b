package cn.plumbline.journal.axon;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Followed;
import cn.plumbline.journal.Journal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageStream.Entry;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A journal as Axon's event storage. Consistency markers, tokens and start positions are all the number of events seen:
 * the journal's position of the last one, and Axon's index of the next.
 *
 * <p>Messages that are read carry the payload as bytes of JSON in the form that {@link Upcasting} gives it, and, besides
 * their recorded metadata, {@link #POSITION} and {@link #RECORDED_AT}. A conflict rejects the append with Axon's
 * exception, a passing trouble fails with {@link JournalTransientException}; both name the journal's failure as cause.
 */
public final class JournalStorageEngine implements EventStorageEngine {

    /** Metadata name of the event's position: digits, the first event's is 1. */
    public static final String POSITION = "position";

    /** Metadata name of the instant at which the event was recorded, RFC 3339. */
    public static final String RECORDED_AT = "recordedAt";

    private final Journal journal;
    private final Messages messages;

    /**
     * Puts an open journal behind Axon's interface; whoever opened it closes it.
     *
     * @param journal the journal
     * @param converter turns payloads into bytes of JSON
     * @param upcasting applied to each event that is read
     */
    public JournalStorageEngine(Journal journal, EventConverter converter, Upcasting upcasting) {
        this.journal = journal;
        this.messages = new Messages(converter, upcasting);
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
        }
        try {
            return CompletableFuture.completedFuture(
                    new JournalAppend(journal, messages.events(events), Conditions.append(condition)));
        } catch (RuntimeException e) { // a payload that cannot be converted, a marker of another store
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        long head = journal.head();
        Criteria criteria = Conditions.criteria(condition.criteria());
        Flux<Entry<EventMessage>> events = journal.read(criteria, Conditions.after(condition.start()), head)
                .map(messages::entry);
        return EntryStream.of(events.concatWith(Mono.fromSupplier(() -> terminal(head))));
    }

    private static Entry<EventMessage> terminal(long head) {
        ConsistencyMarker marker = new GlobalIndexConsistencyMarker(head);
        return new SimpleEntry<>(TerminalEventMessage.INSTANCE, Context.with(ConsistencyMarker.RESOURCE_KEY, marker));
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        long after = Math.max(0, condition.position().position().orElse(0));
        return EntryStream.of(journal.follow(Conditions.criteria(condition.criteria()), after)
                .ofType(Followed.Event.class)
                .map(followed -> messages.entry(followed.event())));
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(journal.head()));
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return Failures.toFuture(journal.firstSince(at)
                .map(position -> position - 1)
                .switchIfEmpty(Mono.fromSupplier(journal::head))
                .map(GlobalSequenceTrackingToken::new));
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("journal", journal.name());
        descriptor.describeProperty("head", journal.head());
    }
}
