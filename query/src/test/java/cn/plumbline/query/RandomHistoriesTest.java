package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.OrganId;
import cn.plumbline.query.dispatch.CoverageMapView.BlindSpot;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.CoverageMapView.CoveredUnit;
import cn.plumbline.query.dispatch.DispatchViews;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Random histories with corrections and voids give the same figures by brute force, folded in memory, live in the
 * database, rebuilt and replayed. More of them: {@code -Dplumbline.histories=10000}; one again: {@code
 * -Dplumbline.seed=…}.
 */
class RandomHistoriesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int HISTORIES = Integer.getInteger("plumbline.histories", 500);
    private static final long SEED = Long.getLong("plumbline.seed", new Random().nextLong());
    private static final MemoryMongo MONGO = new MemoryMongo();

    @AfterAll
    static void close() {
        MONGO.close();
    }

    @Test
    void agreeWithBruteForce() {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            Facts facts = RandomHistory.of(seed, 80);
            DayOracle oracle = new DayOracle(facts.all());
            Random random = new Random(seed);
            for (int j = 0; j < 3; j++) {
                OrganId organ = RandomHistory.ORGANS.get(j % 2);
                int day = random.nextInt(RandomHistory.DAYS);
                CoverageMap map = Asking.body(
                        CoverageMap.class,
                        "coverage-map",
                        facts,
                        RandomHistory.day(day),
                        Map.of("organ", organ.value()));
                check(map, oracle.map(organ, day), "seed %d, organ %s, day %d".formatted(seed, organ, day));
            }
        }
    }

    private static void check(CoverageMap map, DayOracle.Figures expected, String where) {
        Map<String, LocalDate> blind = new TreeMap<>();
        map.blindSpots().forEach((BlindSpot spot) -> blind.put(spot.unitId(), spot.since()));
        assertThat(map.units().stream().map(CoveredUnit::unitId))
                .as(where)
                .containsExactlyElementsOf(expected.covered());
        assertThat(blind).as(where).isEqualTo(expected.blind());
        assertThat(map.total())
                .as(where)
                .isEqualTo(expected.covered().size() + expected.blind().size());
    }

    @Test
    void agreeLiveRebuiltAndReplayed() {
        for (int i = 0; i < 4; i++) {
            long seed = SEED + i;
            Facts facts = RandomHistory.of(seed, 150);
            MongoDatabase database = MONGO.freshDatabase();
            try (TestJournal journal = new TestJournal(database);
                    RunningQueries running = new RunningQueries(database, journal, new InMemoryTokenStore())) {
                journal.append(facts.all(), 1 + new Random(seed).nextInt(20));
                agree(running.views(), database, facts, seed);
                running.views().rebuild("coverage-map").block(LIMIT);
                running.views().rebuild("group-directory").block(LIMIT);
                agree(running.views(), database, facts, seed);
                replayed(running.views(), facts, seed);
            }
        }
    }

    private static void agree(Views views, MongoDatabase database, Facts facts, long seed) {
        DispatchViews.all().forEach(view -> {
            assertThat(views.await(view.definition().name(), facts.head()).block(LIMIT))
                    .isEqualTo(facts.head());
            String collection = new Registry(database, view.projection(), "test")
                    .find()
                    .block(LIMIT)
                    .collection();
            Map<String, String> states = new HashMap<>();
            new DocumentStore(database, collection)
                    .all()
                    .block(LIMIT)
                    .forEach((id, stored) -> states.put(id, stored.json()));
            assertThat(states)
                    .as("seed %d, %s", seed, view.definition().name())
                    .isEqualTo(Oracles.states(view.projection(), facts.all()));
        });
    }

    private static void replayed(Views views, Facts facts, long seed) {
        Random random = new Random(seed);
        for (int j = 0; j < 15; j++) {
            long knownAt = random.nextInt((int) facts.head() + 1);
            OrganId organ = RandomHistory.ORGANS.get(j % 2);
            int day = random.nextInt(RandomHistory.DAYS);
            ViewRequest request = ViewRequest.of(RandomHistory.day(day), Map.of("organ", organ.value()))
                    .knownAt(knownAt);
            ViewAnswer answer = views.query("coverage-map", request).block(LIMIT);
            check(
                    (CoverageMap) answer.body(),
                    new DayOracle(facts.all().subList(0, (int) knownAt)).map(organ, day),
                    "seed %d, known at %d, organ %s, day %d".formatted(seed, knownAt, organ, day));
            assertThat(answer.position()).isEqualTo(knownAt);
        }
    }
}
