package cn.plumbline.web.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Audit;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import cn.plumbline.web.Facts;
import cn.plumbline.web.notes.Checkpoint;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ProofWorkTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String ORIGIN = "records.example";

    private static EmbeddedMongo server;
    private static MongoClient client;

    private final MemoryCheckpoints store = new MemoryCheckpoints();
    private final KeyRing keys = KeyRing.passing(ORIGIN);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private MongoDatabase database;
    private Journal journal;
    private Journal attempts;
    private Checkpointer checkpointer;

    @BeforeAll
    static void startServer() {
        server = EmbeddedMongo.open(EmbeddedSettings.inMemory()).block(LIMIT);
        client = MongoClients.create(server.clientSettings());
    }

    @AfterAll
    static void stopServer() {
        client.close();
        server.close().block(LIMIT);
    }

    @BeforeEach
    void open() {
        database = client.getDatabase("proof-" + UUID.randomUUID());
        journal = journal("journal");
        attempts = journal("attempts");
        checkpointer = checkpointer();
        logged.start();
        ((Logger) LoggerFactory.getLogger(SelfCheck.class)).addAppender(logged);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(SelfCheck.class)).detachAppender(logged);
        Mono.when(journal.close(), attempts.close()).block(LIMIT);
    }

    private Journal journal(String name) {
        return Journal.open(database, JournalSettings.of(name, "test").withPollInterval(OFTEN))
                .block(LIMIT);
    }

    private Checkpointer checkpointer() {
        return new Checkpointer(journal, store, keys, ORIGIN, Clock.systemUTC(), true);
    }

    private ProofWork work(Duration signEvery, Duration walkEvery) {
        return new ProofWork(checkpointer, keys, journal, attempts, Clock.systemUTC(), signEvery, walkEvery);
    }

    private void append() {
        append(journal);
    }

    private static void append(Journal to) {
        assertThat(to.append(List.of(Facts.unit(UUID.randomUUID().toString())), AppendCondition.none())
                        .block(LIMIT))
                .isNotNull();
    }

    private void stop(ProofWork work) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        work.stop(stopped::countDown);
        assertThat(stopped.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Nested
    class Signing {

        @Test
        void goesOnWhileEventsCome() throws InterruptedException {
            ProofWork work = work(OFTEN, NEVER);
            work.start();
            for (int size = 1; size <= 3; size++) {
                append();
                int expected = size;
                Awaitility.await().atMost(LIMIT).until(() -> checkpointer.size() == expected);
            }
            stop(work);
        }

        @Test
        void happensOnceMoreAtTheEnd() throws InterruptedException {
            ProofWork work = work(NEVER, NEVER);
            work.start();
            Awaitility.await().atMost(LIMIT).until(() -> checkpointer.size() == 0);
            append();
            stop(work);
            assertThat(store.find(1).block(LIMIT)).isNotNull();
        }

        @Test
        void bySeveralAtOnceLeavesOneCheckpointForEachSize() {
            Checkpointer other = checkpointer();
            for (int size = 1; size <= 20; size++) {
                append();
                List<KeptCheckpoint> signed = Flux.range(0, 16)
                        .flatMap(i -> (i % 2 == 0 ? checkpointer : other).sign(), 16)
                        .distinct()
                        .collectList()
                        .block(LIMIT);
                assertThat(signed).singleElement().isEqualTo(store.find(size).block(LIMIT));
            }
        }

        @Test
        void waitsForEventsThatAnotherProcessHasSigned() {
            Journal elsewhere = journal("journal");
            append(elsewhere);
            KeptCheckpoint ahead = new Checkpointer(elsewhere, store, keys, ORIGIN, Clock.systemUTC(), false)
                    .sign()
                    .block(LIMIT);
            assertThat(checkpointer.sign().block(LIMIT)).isEqualTo(ahead);
            elsewhere.close().block(LIMIT);
        }

        @Test
        void showsNothingOlderThanAnotherProcessHasShown() {
            append();
            assertThat(checkpointer.sign().block(LIMIT).size()).isEqualTo(1);
            append();
            KeptCheckpoint shown = checkpointer().sign().block(LIMIT);
            assertThat(checkpointer.current().block(LIMIT)).isEqualTo(shown);
        }

        @Test
        void withAnotherKeyIsRefusedWhereOneHasSigned() {
            append();
            KeptCheckpoint signed = checkpointer.sign().block(LIMIT);
            Checkpointer stranger =
                    new Checkpointer(journal, store, KeyRing.passing(ORIGIN), ORIGIN, Clock.systemUTC(), true);
            append();
            assertThatThrownBy(() -> stranger.sign().block(LIMIT))
                    .isInstanceOfSatisfying(
                            CheckpointRefused.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(CheckpointRefused.Reason.SIGNATURE_UNKNOWN));
            assertThat(store.below(Long.MAX_VALUE, 2).collectList().block(LIMIT))
                    .containsExactly(signed);
        }

        @Test
        void underANewNameTakesThePlaceOfTheOldOneAtTheSameSize() {
            append();
            assertThat(checkpointer.sign().block(LIMIT).note()).startsWith(ORIGIN + "\n1\n");
            Checkpointer renamed = new Checkpointer(journal, store, keys, "other.example", Clock.systemUTC(), false);
            KeptCheckpoint signed = renamed.sign().block(LIMIT);
            assertThat(Checkpoint.open(signed.note(), keys.verifiers()).origin())
                    .isEqualTo("other.example");
            assertThat(store.find(1).block(LIMIT)).isEqualTo(signed);
        }
    }

    @Nested
    class AChainThatWasTamperedWith {

        private ProofWork work;

        private Health health() {
            return new ProofHealth(work, checkpointer).health().block(LIMIT);
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> details(String chain) {
            return (Map<String, Object>) health().getDetails().get(chain);
        }

        private void change() {
            assertThat(Mono.from(database.getCollection("journal")
                                    .updateOne(Filters.eq("_id", 2L), Updates.set("node", "somebody")))
                            .block(LIMIT)
                            .getModifiedCount())
                    .isEqualTo(1);
        }

        @Test
        void isToldByHealthAndMetricsAndOnceByTheLog() throws InterruptedException {
            append();
            append();
            append();
            work = work(NEVER, Duration.ofMillis(1));
            SimpleMeterRegistry metrics = new SimpleMeterRegistry();
            new ProofMetrics(work, checkpointer).bindTo(metrics);
            work.start();
            Awaitility.await().atMost(LIMIT).until(() -> details("journal").containsKey("lastFullWalk"));
            assertThat(health().getStatus()).isEqualTo(Status.UP);
            assertThat(details("journal")).containsEntry("blocks", 3L).containsEntry("size", 3L);

            change();

            Awaitility.await().atMost(LIMIT).until(() -> health().getStatus().equals(Status.DOWN));
            assertThat(details("journal"))
                    .containsEntry("badBlock", 2L)
                    .containsEntry("firstBadPosition", 2L)
                    .containsEntry("fault", "CHANGED");
            assertThat(metrics.get("plumbline.selfcheck.broken")
                            .tag("journal", "journal")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(metrics.get("plumbline.selfcheck.broken")
                            .tag("journal", "attempts")
                            .gauge()
                            .value())
                    .isZero();
            Object walked = work.checks().getFirst().broken();
            // Many walks later there is still one line.
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(work.checks().getFirst().broken()).isNotSameAs(walked));
            assertThat(logged.list)
                    .filteredOn(line -> line.getLevel() == Level.ERROR)
                    .hasSize(1);
            stop(work);
        }
    }

    @Nested
    class AnIndexThatDiffersFromTheChain {

        @Test
        void isToldWithWhatToDoAndNotAsTampering() {
            SelfCheck check = new SelfCheck("journal", Clock.systemUTC());
            for (int walk = 0; walk < 2; walk++) {
                check.note(new Audit.Broken(7, 13, 13, Audit.Fault.INDEX_DIFFERS));
            }
            assertThat(logged.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("block 7, positions 13 to 13, INDEX_DIFFERS; stop, delete cache")
                    .doesNotContain("tampered");
        }
    }

    @Nested
    class AJournalThatContradictsItsCheckpoint {

        @Test
        void isToldByHealthAndOnceByTheLogAndShowsTheOldCheckpoint() throws InterruptedException {
            append();
            KeptCheckpoint kept = checkpointer.sign().block(LIMIT);
            assertThat(Mono.from(database.getCollection("journal").drop()).block(LIMIT))
                    .isNull();
            journal.close().block(LIMIT);
            journal = journal("journal");
            append();
            checkpointer = checkpointer();
            ProofWork work = work(OFTEN, NEVER);
            ProofHealth health = new ProofHealth(work, checkpointer);
            work.start();

            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> health.health().block(LIMIT).getStatus().equals(Status.DOWN));

            assertThat(health.health().block(LIMIT).getDetails().get("journal").toString())
                    .contains("refused=FORKED", "contradictedSize=1");
            assertThat(checkpointer.current().block(LIMIT)).isEqualTo(kept);
            append();
            Awaitility.await().atMost(LIMIT).until(() -> journal.head() == 2);
            stop(work);
            assertThat(store.find(2).block(LIMIT)).isNull();
            assertThat(logged.list)
                    .filteredOn(line -> line.getLevel() == Level.ERROR)
                    .hasSize(1);
        }
    }
}
