package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.query.ViewUpdate.Snapshot;
import cn.plumbline.query.ViewUpdate.Update;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageTotals;
import cn.plumbline.query.dispatch.CoverageMapView.MapRow;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ViewStreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final MemoryMongo MONGO = new MemoryMongo();
    private static final ViewRequest REQUEST =
            ViewRequest.of(InnerMongolia.AFTER, Map.of("organ", InnerMongolia.ORGAN.value()));

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);
    private final RunningQueries running = new RunningQueries(database, journal, new InMemoryTokenStore());

    @AfterEach
    void stop() {
        running.close();
        journal.close();
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    @Test
    void beginWithASnapshotAndThenTellWhatChanged() {
        journal.append(InnerMongolia.beforeTheReform().all(), 500);
        assertThat(running.views().await("coverage-map", journal.head()).block(LIMIT))
                .isPositive();
        Queue<ViewUpdate> seen = new ConcurrentLinkedQueue<>();
        Disposable reader = running.views().stream("coverage-map", REQUEST).subscribe(seen::add);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !seen.isEmpty());
        journal.append(InnerMongolia.complete().all(), 20);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> covered(seen) == 84);
        reader.dispose();
        assertThat(seen.peek())
                .isInstanceOfSatisfying(
                        Snapshot.class,
                        snapshot -> assertThat(((CoverageMap) snapshot.answer().body()).covered())
                                .isEqualTo(44));
        assertThat(seen.stream().skip(1))
                .allSatisfy(update -> assertThat(update).isInstanceOf(Update.class));
        assertThat(rows(seen))
                .hasSize(84)
                .allSatisfy((unit, row) -> assertThat(row.covered()).isTrue());
    }

    @Test
    void aSlowReaderGetsTheLastState() {
        journal.append(InnerMongolia.beforeTheReform().all(), 500);
        assertThat(running.views().await("coverage-map", journal.head()).block(LIMIT))
                .isPositive();
        StepVerifier.create(running.views().stream("coverage-map", REQUEST), 1)
                .expectNextMatches(Snapshot.class::isInstance)
                .then(() -> {
                    journal.append(InnerMongolia.complete().all(), 1);
                    assertThat(running.views()
                                    .await("coverage-map", journal.head())
                                    .block(LIMIT))
                            .isPositive();
                })
                .thenRequest(3)
                .thenConsumeWhile(update -> ((CoverageTotals) ((Update) update).totals()).covered() < 84)
                .expectNextMatches(update -> ((CoverageTotals) ((Update) update).totals()).covered() == 84)
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    void thePastDoesNotMove() {
        journal.append(InnerMongolia.beforeTheReform().all(), 500);
        StepVerifier.create(running.views().stream("coverage-map", REQUEST.knownAt(100)))
                .expectNextMatches(Snapshot.class::isInstance)
                .then(() -> journal.append(InnerMongolia.complete().all(), 500))
                .expectNoEvent(Duration.ofMillis(300))
                .thenCancel()
                .verify(LIMIT);
    }

    private static int covered(Queue<ViewUpdate> seen) {
        int covered = -1;
        for (ViewUpdate update : seen) {
            covered = update instanceof Update change
                    ? ((CoverageTotals) change.totals()).covered()
                    : ((CoverageMap) ((Snapshot) update).answer().body()).covered();
        }
        return covered;
    }

    /** What a reader knows who has applied all updates to the snapshot. */
    private static Map<String, MapRow> rows(Queue<ViewUpdate> seen) {
        Map<String, MapRow> rows = new HashMap<>();
        for (ViewUpdate update : seen) {
            if (update instanceof Update change) {
                change.removed().forEach(rows::remove);
                change.rows().forEach(row -> rows.put(row.key(), (MapRow) row));
            } else {
                ((Snapshot) update).answer().rows().forEach(row -> rows.put(row.key(), (MapRow) row));
            }
        }
        return rows;
    }
}
