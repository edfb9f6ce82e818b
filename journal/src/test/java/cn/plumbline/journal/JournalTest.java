package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.noneOf;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.FaultyBlockStore.Fault;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class JournalTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "node-1").withPollInterval(Duration.ZERO);

    private static MemoryMongo mongo;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    private EventLog open(MongoDatabase database) {
        return opened(Journal.open(database, SETTINGS));
    }

    @CanIgnoreReturnValue
    private static Appended append(EventLog journal, NewEvent... events) {
        return journal.append(List.of(events), AppendCondition.none()).block(LIMIT);
    }

    @Nested
    class StoredBlocks {

        @Test
        void areDocumentsNumberedFromOneWithOneBinaryEach() {
            MongoDatabase database = mongo.freshDatabase();
            EventLog journal = open(database);
            Appended appended = append(journal, started(unit(1)), ended(unit(1)));
            append(journal, started(unit(2)));

            List<Document> blocks = Flux.from(database.getCollection("journal").find())
                    .collectList()
                    .block(LIMIT);

            assertThat(blocks).hasSize(2);
            assertThat(blocks.getFirst())
                    .containsOnlyKeys("_id", "first", "count", "at", "node", "format", "data", "root")
                    .containsEntry("_id", 1L)
                    .containsEntry("first", 1L)
                    .containsEntry("count", 2)
                    .containsEntry("node", "node-1")
                    .containsEntry("format", 1);
            assertThat(blocks.getFirst().getDate("at").toInstant()).isEqualTo(appended.recordedAt());
            assertThat(blocks.get(1)).containsEntry("_id", 2L).containsEntry("first", 3L);
            assertThat(blocks.get(1).get("root", Binary.class).getData())
                    .isEqualTo(journal.treeHead().root());
            journal.close();
        }

        @Test
        void ofTwoJournalsAreTwoChains() {
            MongoDatabase database = mongo.freshDatabase();
            EventLog journal = open(database);
            EventLog attempts = opened(Journal.open(database, SETTINGS.withName("attempts")));

            append(journal, started(unit(1)));
            append(attempts, started(unit(2)), started(unit(3)));

            assertThat(journal.name()).isEqualTo("journal");
            assertThat(attempts.name()).isEqualTo("attempts");
            assertThat(journal.head()).isEqualTo(1);
            assertThat(attempts.head()).isEqualTo(2);
            assertThat(journal.treeHead()).isNotEqualTo(attempts.treeHead());
            journal.close();
            attempts.close();
        }
    }

    @Nested
    class AChainThatWasTamperedWith {

        private final MongoDatabase database = mongo.freshDatabase();
        private final MongoCollection<Document> blocks = database.getCollection("journal");

        private void given() {
            EventLog journal = open(database);
            for (int i = 1; i <= 30; i++) {
                append(journal, started(unit(i)), ended(unit(i)));
            }
            journal.close();
            EventLog again = open(database);
            assertThat(again.head()).isEqualTo(60);
            again.close();
        }

        private void change(long number, Bson update) {
            var unused = Mono.from(blocks.updateOne(Filters.eq("_id", number), update))
                    .block(LIMIT);
        }

        private byte[] data(long number) {
            return Mono.from(blocks.find(Filters.eq("_id", number)))
                    .map(block -> block.get("data", Binary.class).getData())
                    .block(LIMIT);
        }

        private void assertThatItIsNoticed() {
            assertThatThrownBy(() -> open(database)).isInstanceOf(JournalCorrupted.class);
        }

        @Test
        void inAnyOneByteIsNoticed() {
            given();
            byte[] original = data(7);
            for (int i = 0; i < original.length; i++) {
                byte[] data = original.clone();
                data[i] ^= 0x01;
                change(7, Updates.set("data", new Binary(data)));
                assertThatItIsNoticed();
            }
            change(7, Updates.set("data", new Binary(original)));
            EventLog mended = open(database);
            assertThat(mended.head()).isEqualTo(60);
            mended.close();
        }

        @Test
        void inATreeHeadIsNoticed() {
            given();
            change(30, Updates.set("root", new Binary(new byte[32])));
            assertThatItIsNoticed();
        }

        @Test
        void byTakingOutABlockIsNoticed() {
            given();
            var unused = Mono.from(blocks.deleteOne(Filters.eq("_id", 12L))).block(LIMIT);
            assertThatItIsNoticed();
        }

        @Test
        void byExchangingEventsIsNoticed() {
            given();
            byte[] third = data(3);
            change(3, Updates.set("data", new Binary(data(4))));
            change(4, Updates.set("data", new Binary(third)));
            assertThatItIsNoticed();
        }

        @Test
        void byAnUnknownFormatIsNotGuessedAt() {
            given();
            change(30, Updates.set("format", 2));
            assertThatItIsNoticed();
        }

        @Test
        void byAnEarlierTimeIsNoticed() {
            given();
            change(20, Updates.set("at", Date.from(Instant.EPOCH)));
            assertThatItIsNoticed();
        }
    }

    @Nested
    class TheTimeOfRecording {

        @Test
        void neverGoesBackWhateverTheClockDoes() {
            Queue<Instant> times = new ArrayDeque<>(List.of(
                    Instant.parse("2026-01-01T00:00:00.500900Z"),
                    Instant.parse("2025-01-01T00:00:00Z"),
                    Instant.parse("2026-01-01T00:00:02Z")));
            EventLog journal = opened(Journal.open(new FaultyBlockStore(), SETTINGS.withClock(clock(times))));

            List<Instant> recorded = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                recorded.add(append(journal, started()).recordedAt());
            }

            assertThat(recorded)
                    .containsExactly(
                            Instant.parse("2026-01-01T00:00:00.500Z"),
                            Instant.parse("2026-01-01T00:00:00.500Z"),
                            Instant.parse("2026-01-01T00:00:02Z"));
            assertThat(journal.positionAt(Instant.parse("2025-06-01T00:00:00Z")))
                    .isZero();
            assertThat(journal.positionAt(Instant.parse("2026-01-01T00:00:01Z")))
                    .isEqualTo(2);
            assertThat(journal.positionAt(Instant.parse("2026-01-01T00:00:02Z")))
                    .isEqualTo(3);
            journal.close();
        }

        private static Clock clock(Queue<Instant> times) {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return times.remove();
                }
            };
        }
    }

    @Nested
    class AFullQueue {

        private final FaultyBlockStore store = new FaultyBlockStore();

        private EventLog stuck(JournalSettings settings) {
            EventLog journal = opened(Journal.open(store, settings.withPatience(Duration.ofSeconds(2))));
            store.nextInserts(Fault.REPLY_STUCK);
            return journal;
        }

        @Test
        void refusesOneAppendMoreAndLosesNoneThatItTook() {
            EventLog journal = stuck(SETTINGS.withQueueCaps(10, 1 << 20));
            List<CompletableFuture<Appended>> taken = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                taken.add(journal.append(List.of(started(unit(i))), AppendCondition.none())
                        .toFuture());
            }

            assertThatThrownBy(() -> append(journal, started())).isInstanceOf(JournalOverloaded.class);
            assertThat(CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(append(journal, started()).last()).isEqualTo(11);
            journal.close();
        }

        @Test
        void isFullByBytesToo() {
            EventLog journal = stuck(SETTINGS.withQueueCaps(1000, 2000));
            CompletableFuture<Appended> first = journal.append(
                            List.of(started(), started(), started(), started()), AppendCondition.none())
                    .toFuture();
            List<NewEvent> many = List.of(
                    started(), started(), started(), started(), started(), started(), started(), started(), started(),
                    started(), started(), started(), started(), started(), started(), started());

            assertThatThrownBy(
                            () -> journal.append(many, AppendCondition.none()).block(LIMIT))
                    .isInstanceOf(JournalOverloaded.class);
            assertThat(first).succeedsWithin(LIMIT.toSeconds(), TimeUnit.SECONDS);
            journal.close();
        }
    }

    @Nested
    class AnAppendThatIsTooLarge {

        @Test
        void isRefusedAsAWhole() {
            EventLog journal = opened(Journal.open(new FaultyBlockStore(), SETTINGS.withBlockCaps(3, 1000)));

            assertThatThrownBy(() -> append(journal, started(), started(), started(), started()))
                    .isInstanceOf(EventTooLarge.class);
            assertThatThrownBy(() -> append(journal, Samples.event("t", "\"" + "x".repeat(1000) + "\"")))
                    .isInstanceOf(EventTooLarge.class);
            assertThat(append(journal, started(), started(), started()).last()).isEqualTo(3);
            journal.close();
        }

        @Test
        void isNotWhatManySmallOnesAreTogether() {
            FaultyBlockStore store = new FaultyBlockStore();
            EventLog journal = opened(Journal.open(store, SETTINGS.withBlockCaps(3, 1000)));

            List<Appended> appended = Flux.range(0, 100)
                    .flatMap(i -> journal.append(List.of(started(), ended()), noneOf(0, unit(i))), 100)
                    .collectList()
                    .block(LIMIT);

            assertThat(appended).hasSize(100);
            assertThat(store.stored()).isEqualTo(100);
            journal.close();
        }
    }

    @Nested
    class AClosedJournal {

        @Test
        void hasSettledWhatItTookAndTakesNoMore() {
            FaultyBlockStore store = new FaultyBlockStore();
            EventLog journal = opened(Journal.open(store, SETTINGS.withBlockCaps(2, 1000)));
            List<CompletableFuture<Appended>> taken = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                taken.add(journal.append(List.of(started(unit(i))), AppendCondition.none())
                        .toFuture());
            }

            journal.close();

            assertThat(taken)
                    .allMatch(CompletableFuture::isDone)
                    .noneMatch(CompletableFuture::isCompletedExceptionally);
            assertThatThrownBy(() -> append(journal, started())).isInstanceOf(JournalUnavailable.class);
            journal.close();
        }
    }

    @Nested
    class AConditionOnAnOldEvent {

        /** With nothing cached the event that the index suspects has to be read before the append is refused. */
        @Test
        void isCheckedAgainstTheEventItself() {
            EventLog journal = opened(Journal.open(new FaultyBlockStore(), SETTINGS.withCacheBytes(0)));
            for (int i = 1; i <= 20; i++) {
                append(journal, started(unit(i)));
            }

            assertThatThrownBy(() -> journal.append(List.of(ended(unit(3))), noneOf(0, unit(3)))
                            .block(LIMIT))
                    .isInstanceOfSatisfying(
                            AppendConflict.class,
                            conflict -> assertThat(conflict.position()).isEqualTo(3));
            assertThat(journal.append(List.of(ended(unit(3))), noneOf(3, unit(3)))
                            .block(LIMIT)
                            .last())
                    .isEqualTo(21);
            journal.close();
        }
    }
}
