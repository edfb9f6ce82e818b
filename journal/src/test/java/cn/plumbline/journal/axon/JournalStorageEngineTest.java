package cn.plumbline.journal.axon;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.JournalUnavailable;
import cn.plumbline.journal.MemoryMongo;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.StoredEvent;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.axonframework.common.AxonTransientException;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class JournalStorageEngineTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Tag UNIT = Tag.of("unit", "002");

    private final MemoryMongo mongo = new MemoryMongo();
    private Journal journal;
    private JournalStorageEngine engine;

    @BeforeEach
    void open() {
        journal = Journal.open(mongo.freshDatabase(), JournalSettings.of("journal", "test"))
                .block(LIMIT);
        engine = new JournalStorageEngine(journal, TextPayloads.converter(), Upcasting.none());
    }

    @AfterEach
    void close() {
        journal.close().block(LIMIT);
        mongo.close();
    }

    private static TaggedEventMessage<?> message(String text, Map<String, String> metadata) {
        EventMessage event = new GenericEventMessage(
                "c1.1", new MessageType("dispatch.Noted", "1"), text, metadata, Instant.parse("2015-12-30T00:00:00Z"));
        return new GenericTaggedEventMessage<>(event, Set.of(UNIT));
    }

    @SuppressWarnings("unchecked")
    private AppendTransaction<Object> transaction(
            org.axonframework.eventsourcing.eventstore.AppendCondition condition, String... texts) {
        List<TaggedEventMessage<?>> messages = Flux.fromArray(texts)
                .<TaggedEventMessage<?>>map(text -> message(text, Map.of("actor", "人员-001")))
                .collectList()
                .block(LIMIT);
        return (AppendTransaction<Object>) join(engine.appendEvents(condition, null, messages));
    }

    @CanIgnoreReturnValue
    private static <T> T join(CompletableFuture<T> future) {
        assertThat(future).succeedsWithin(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return future.resultNow();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    private static Throwable failureOf(CompletableFuture<?> future) {
        await(future::isDone);
        return future.exceptionNow();
    }

    @CanIgnoreReturnValue
    private ConsistencyMarker append(String... texts) {
        AppendTransaction<Object> transaction =
                transaction(org.axonframework.eventsourcing.eventstore.AppendCondition.none(), texts);
        return join(transaction.afterCommit(join(transaction.commit(null)), null));
    }

    private static org.axonframework.eventsourcing.eventstore.AppendCondition noneSince(long seen) {
        return org.axonframework.eventsourcing.eventstore.AppendCondition.withCriteria(EventCriteria.havingTags(UNIT))
                .withMarker(new GlobalIndexConsistencyMarker(seen));
    }

    private List<MessageStream.Entry<EventMessage>> source() {
        MessageStream<EventMessage> stream =
                engine.source(SourcingCondition.conditionFor(EventCriteria.havingTags(UNIT)), null);
        return Flux.<MessageStream.Entry<EventMessage>>generate(sink -> {
                    await(() -> stream.hasNextAvailable() || stream.isCompleted());
                    stream.next().ifPresentOrElse(sink::next, sink::complete);
                })
                .collectList()
                .block(LIMIT);
    }

    @Nested
    class AMessageThatIsRead {

        @Test
        void carriesWhereAndWhenItWasRecorded() {
            assertThat(append("one", "two")).isEqualTo(new GlobalIndexConsistencyMarker(2));

            List<MessageStream.Entry<EventMessage>> entries = source();

            assertThat(entries).hasSize(3);
            StoredEvent stored = journal.event(2).block(LIMIT);
            EventMessage second = entries.get(1).message();
            assertThat(second.identifier()).isEqualTo("c1.1");
            assertThat(second.type()).isEqualTo(new MessageType("dispatch.Noted", "1"));
            assertThat(second.payload()).isEqualTo("\"two\"".getBytes(StandardCharsets.UTF_8));
            assertThat(second.timestamp()).isEqualTo(Instant.parse("2015-12-30T00:00:00Z"));
            assertThat(second.metadata())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "actor",
                            "人员-001",
                            JournalStorageEngine.POSITION,
                            "2",
                            JournalStorageEngine.RECORDED_AT,
                            stored.recordedAt().toString()));
            assertThat(TrackingToken.fromContext(entries.get(1))).contains(new GlobalSequenceTrackingToken(2));
            assertThat(Tag.fromContext(entries.get(1))).contains(Set.of(UNIT));
            assertThat(entries.get(2).getResource(ConsistencyMarker.RESOURCE_KEY))
                    .isEqualTo(new GlobalIndexConsistencyMarker(2));
        }

        @Test
        void isRecordedAgainWithoutThat() {
            append("one");
            EventMessage read = source().getFirst().message();
            List<TaggedEventMessage<?>> again = List.of(new GenericTaggedEventMessage<>(read, Set.of(UNIT)));

            @SuppressWarnings("unchecked")
            AppendTransaction<Object> transaction = (AppendTransaction<Object>) join(engine.appendEvents(
                    org.axonframework.eventsourcing.eventstore.AppendCondition.none(), null, again));
            join(transaction.commit(null));

            assertThat(journal.event(2).block(LIMIT).metadata()).containsOnlyKeys("actor");
        }

        @Test
        void hasTheFormOfTodayWhileTheRecordStaysAsItIs() {
            append("one");
            engine = new JournalStorageEngine(
                    journal,
                    TextPayloads.converter(),
                    recorded -> new Upcasting.Form(
                            recorded.type(), "2", "{\"text\":\"one\"}".getBytes(StandardCharsets.UTF_8)));

            EventMessage read = source().getFirst().message();

            assertThat(read.type()).isEqualTo(new MessageType("dispatch.Noted", "2"));
            assertThat(read.payload()).isEqualTo("{\"text\":\"one\"}".getBytes(StandardCharsets.UTF_8));
            StoredEvent stored = journal.event(1).block(LIMIT);
            assertThat(stored.version()).isEqualTo("1");
            assertThat(stored.payload()).asString().isEqualTo("\"one\"");
        }
    }

    @Nested
    class ATransaction {

        @Test
        void thatConflictsIsRejectedInAxonsWords() {
            append("one");

            Throwable failure = failureOf(transaction(noneSince(0), "two").commit(null));

            assertThat(failure)
                    .isInstanceOf(AppendEventsTransactionRejectedException.class)
                    .hasCauseInstanceOf(AppendConflict.class);
            assertThat(journal.head()).isEqualTo(1);
        }

        @Test
        void thatHasSeenEverythingIsAccepted() {
            append("one");

            join(transaction(noneSince(1), "two").commit(null));

            assertThat(journal.head()).isEqualTo(2);
        }

        @Test
        void isCommittedOnceOnly() {
            AppendTransaction<Object> transaction = transaction(noneSince(0), "one");
            join(transaction.commit(null));
            transaction.rollback(null);

            assertThat(failureOf(transaction.commit(null))).isInstanceOf(IllegalStateException.class);
            assertThat(journal.head()).isEqualTo(1);
        }

        @Test
        void thatWasRolledBackAppendsNothing() {
            AppendTransaction<Object> transaction = transaction(noneSince(0), "one");
            transaction.rollback(null);

            assertThat(failureOf(transaction.commit(null))).isInstanceOf(IllegalStateException.class);
            assertThat(journal.head()).isZero();
        }

        @Test
        void ofNothingWritesNothing() {
            AppendTransaction<Object> transaction = transaction(noneSince(0));
            Object result = join(transaction.commit(null));

            assertThat(join(transaction.afterCommit(result, null))).isEqualTo(ConsistencyMarker.ORIGIN);
            assertThat(journal.head()).isZero();
        }

        @Test
        void thatCannotBeStoredNowMayBeTriedAgain() {
            AppendTransaction<Object> transaction = transaction(noneSince(0), "one");
            journal.close().block(LIMIT);

            assertThat(failureOf(transaction.commit(null)))
                    .isInstanceOf(AxonTransientException.class)
                    .hasCauseInstanceOf(JournalUnavailable.class);
        }
    }

    @Nested
    class AnOpenStream {

        @Test
        void callsBackForEveryEventThatComes() {
            MessageStream<EventMessage> stream =
                    engine.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(0)), null);
            AtomicInteger calls = new AtomicInteger();
            stream.setCallback(calls::incrementAndGet);
            assertThat(stream.hasNextAvailable()).isFalse();

            for (int i = 1; i <= 3; i++) {
                append("event " + i);
                await(stream::hasNextAvailable);
                assertThat(stream.peek()).isEqualTo(stream.peek()).isPresent();
                assertThat(stream.next().orElseThrow().message().metadata())
                        .containsEntry(JournalStorageEngine.POSITION, Integer.toString(i));
                assertThat(calls.get()).isGreaterThanOrEqualTo(i);
            }
            assertThat(stream.isCompleted()).isFalse();
            stream.close();
        }

        @Test
        void holdsNoMoreThanItsBufferWhileNobodyReads() {
            Flux.range(0, 2000)
                    .flatMap(
                            i -> journal.append(List.of(Samples.started(Samples.unit(i))), AppendCondition.none()), 256)
                    .then()
                    .block(LIMIT);
            MessageStream<EventMessage> stream =
                    engine.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(500)), null);

            for (int position = 501; position <= 2000; position++) {
                await(stream::hasNextAvailable);
                assertThat(stream.next().orElseThrow().message().metadata())
                        .containsEntry(JournalStorageEngine.POSITION, Integer.toString(position));
            }
            assertThat(stream.hasNextAvailable()).isFalse();
            stream.close();
        }

        @Test
        void endsWithTheJournal() {
            MessageStream<EventMessage> stream =
                    engine.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(0)), null);
            journal.close().block(LIMIT);

            await(stream::isCompleted);
            assertThat(stream.error()).isEmpty();
        }
    }
}
