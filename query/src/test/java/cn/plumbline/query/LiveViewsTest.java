package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.events.AreaId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.PartyBodies;
import cn.plumbline.journal.axon.MongoTokenStore;
import cn.plumbline.query.DocumentStore.Stored;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.DispatchViews;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The views as they run, on the real journal and a database server in memory. */
class LiveViewsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MAP = "coverage-map";
    private static final MemoryMongo MONGO = new MemoryMongo();

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);
    private final MongoTokenStore tokens =
            new MongoTokenStore(database, "test", RunningQueries.CLAIM_TIMEOUT, Clock.systemUTC());
    private RunningQueries running = new RunningQueries(database, journal, tokens);
    private final Facts facts = InnerMongolia.complete();

    @AfterEach
    void stop() {
        running.close();
        tokens.close();
        journal.close();
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private void record(int size) {
        journal.append(facts.all(), size);
        settle();
    }

    private void settle() {
        running.views()
                .all()
                .forEach(view -> assertThat(running.views()
                                .await(view.name(), journal.head())
                                .block(LIMIT))
                        .isEqualTo(journal.head()));
    }

    private CoverageMap map(ViewRequest request) {
        return (CoverageMap) running.views().query(MAP, request).block(LIMIT).body();
    }

    private static ViewRequest request(LocalDate asOf) {
        return ViewRequest.of(asOf, Map.of("organ", InnerMongolia.ORGAN.value()));
    }

    /** The states of all documents, without the positions, which tell when each was folded. */
    private Map<String, String> states(String projection) {
        Map<String, String> states = new HashMap<>();
        new DocumentStore(database, collection(projection))
                .all()
                .block(LIMIT)
                .forEach((id, stored) -> states.put(id, stored.json()));
        return states;
    }

    /** The collection in use. */
    private String collection(String projection) {
        return new Registry(database, projection(projection), "test")
                .find()
                .block(LIMIT)
                .collection();
    }

    private static Projection projection(String name) {
        return DispatchViews.all().stream()
                .map(View::projection)
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long collections(String prefix) {
        return Flux.from(database.listCollectionNames())
                .filter(name -> name.startsWith(prefix))
                .count()
                .block(LIMIT);
    }

    @Test
    void followTheJournal() {
        record(7);
        assertThat(map(request(InnerMongolia.AFTER)).covered()).isEqualTo(84);
        assertThat(map(request(InnerMongolia.BEFORE)).covered()).isEqualTo(44);
        ViewAnswer answer =
                running.views().query(MAP, request(InnerMongolia.AFTER)).block(LIMIT);
        assertThat(answer.position()).isEqualTo(journal.head());
        assertThat(running.views().status(MAP).block(LIMIT).failure()).isNull();
    }

    @Test
    void moveOnWithoutEventsOfTheirs() {
        record(500);
        facts.add(new AreaProfileRecorded(
                new AreaId("龙井街"),
                LocalDate.parse("2020-01-01"),
                15,
                62,
                110_419,
                new PartyBodies(4, 13, 4, 78),
                3985));
        record(500);
        assertThat(running.views().position(MAP)).isEqualTo(facts.head());
    }

    @Test
    void correctionsFoldTheRecordAnew() {
        record(500);
        long started = facts.positions(UnitCoverageStarted.class).getLast();
        facts.correct(started, Map.of("effectiveFrom", "2016-01-10"));
        record(500);
        assertThat(map(request(InnerMongolia.AFTER)).covered()).isEqualTo(83);
        assertThat(map(request(LocalDate.parse("2016-01-10"))).covered()).isEqualTo(84);
        facts.voidAt(started);
        record(500);
        assertThat(map(request(LocalDate.parse("2016-01-10"))).covered()).isEqualTo(83);
    }

    @Test
    void aVoidAndItsTargetMayComeInOneBatch() {
        facts.voidAt(facts.positions(UnitCoverageEnded.class).getFirst());
        record(10_000);
        assertThat(states("coverage_map")).isEqualTo(expected("coverage_map"));
        assertThat(states("group_directory")).isEqualTo(expected("group_directory"));
    }

    private Map<String, String> expected(String projection) {
        return Oracles.states(projection(projection), facts.all());
    }

    @Nested
    class WhenRebuilt {

        @Test
        void equalTheLiveOnes() {
            facts.voidAt(facts.positions(UnitCoverageStarted.class).getFirst());
            record(3);
            Map<String, String> live = states("coverage_map");
            running.views().rebuild(MAP).block(LIMIT);
            assertThat(states("coverage_map")).isEqualTo(live).isEqualTo(expected("coverage_map"));
            assertThat(collections("coverage_map_")).isEqualTo(1);
        }

        @Test
        void answerMeanwhileAndTakeOverWhatCameMeanwhile() {
            Facts before = InnerMongolia.beforeTheReform();
            journal.append(before.all(), 500);
            settle();
            Mono<Void> rebuild = running.views().rebuild(MAP);
            Mono<Void> asking = running.views()
                    .query(MAP, request(InnerMongolia.BEFORE))
                    .doOnNext(answer ->
                            assertThat(((CoverageMap) answer.body()).covered()).isEqualTo(44))
                    .repeat(200)
                    .then();
            Mono<Void> recording = Mono.<Void>fromRunnable(() -> journal.append(facts.all(), 1))
                    .subscribeOn(Schedulers.boundedElastic());
            Flux.merge(rebuild, asking, recording, rebuild.repeat(3)).then().block(LIMIT);
            settle();
            assertThat(states("coverage_map")).isEqualTo(expected("coverage_map"));
            assertThat(collections("coverage_map_")).isEqualTo(1);
        }
    }

    @Nested
    class AfterACrash {

        @Test
        void batchesThatAreInTheDocumentsChangeNothing() {
            record(50);
            Map<String, Stored> before = stored();
            running.close();
            // The token was not written: the processor begins anew.
            running = new RunningQueries(database, journal, new InMemoryTokenStore());
            assertThat(map(request(InnerMongolia.AFTER)).covered()).isEqualTo(84);
            facts.add(new UnitCoverageEnded(
                    InnerMongolia.unit(84),
                    InnerMongolia.ORGAN,
                    CoverageKind.GROUPED,
                    new GroupId("G-36"),
                    null,
                    LocalDate.parse("2016-01-01"),
                    "调整"));
            record(1);
            Map<String, Stored> after = stored();
            assertThat(after.remove("unit:084")).isNotEqualTo(before.remove("unit:084"));
            assertThat(after).isEqualTo(before);
        }

        @Test
        void aTokenAheadOfTheDocumentsLosesNothing() {
            record(50);
            running.close();
            new DocumentStore(database, collection("coverage_map")).drop().block(LIMIT);
            running = new RunningQueries(database, journal, tokens);
            settle();
            assertThat(states("coverage_map")).isEqualTo(expected("coverage_map"));
        }

        @Test
        void leftoversOfThisProcessAreDropped() {
            record(50);
            assertThat(map(request(InnerMongolia.AFTER).knownAt(100)).total()).isEqualTo(84);
            assertThat(collections("coverage_map_v1_at")).isEqualTo(1);
            running.close();
            running = new RunningQueries(database, journal, tokens);
            assertThat(collections("coverage_map_v1_at")).isZero();
            assertThat(map(request(InnerMongolia.AFTER)).covered()).isEqualTo(84);
        }

        private Map<String, Stored> stored() {
            return new HashMap<>(new DocumentStore(database, collection("coverage_map"))
                    .all()
                    .block(LIMIT));
        }
    }

    @Nested
    class InThePast {

        @Test
        void nothingWasKnownAtTheBeginning() {
            record(500);
            CoverageMap map = map(request(InnerMongolia.AFTER).knownAt(0));
            assertThat(map.total()).isZero();
            assertThat(map.rate()).isNull();
        }

        @Test
        void laterCorrectionsWereNotKnown() {
            long started = facts.positions(UnitCoverageStarted.class).getLast();
            long known = facts.head();
            facts.voidAt(started);
            record(500);
            assertThat(map(request(InnerMongolia.AFTER)).covered()).isEqualTo(83);
            assertThat(map(request(InnerMongolia.AFTER).knownAt(known)).covered())
                    .isEqualTo(84);
            assertThat(map(request(InnerMongolia.AFTER).knownAt(known + 1)).covered())
                    .isEqualTo(83);
        }

        @Test
        void theFutureIsRefused() {
            record(500);
            assertThatThrownBy(() -> map(request(InnerMongolia.AFTER).knownAt(facts.head() + 1)))
                    .isInstanceOf(BadParameter.class)
                    .hasMessageContaining("POSITION_IN_FUTURE");
        }

        @Test
        void aBoundedNumberOfReplaysIsKept() {
            record(500);
            Flux.range(88, 44)
                    .flatMap(
                            position -> running.views()
                                    .query(MAP, request(InnerMongolia.AFTER).knownAt(position))
                                    .doOnNext(answer -> assertThat(((CoverageMap) answer.body()).covered())
                                            .isEqualTo(position - 87)),
                            16)
                    .then()
                    .block(LIMIT);
            assertThat(collections("coverage_map_v1_at")).isLessThanOrEqualTo(Replays.KEPT);
        }

        @Test
        void thoseWhoAskTheSameShareOneReplay() {
            record(500);
            Flux.range(0, 50)
                    .flatMap(
                            i -> running.views()
                                    .query(MAP, request(InnerMongolia.AFTER).knownAt(120)),
                            50)
                    .then()
                    .block(LIMIT);
            assertThat(collections("coverage_map_v1_at")).isEqualTo(1);
        }
    }

    @Nested
    class ABadRequest {

        @Test
        void isToldWhatIsWrong() {
            Views views = running.views();
            LocalDate day = InnerMongolia.AFTER;
            assertThatThrownBy(() -> views.query("nothing", request(day)).block(LIMIT))
                    .isInstanceOf(UnknownView.class);
            assertThatThrownBy(() ->
                            views.query(MAP, ViewRequest.of(day, Map.of())).block(LIMIT))
                    .hasMessageContaining("organ: MISSING");
            assertThatThrownBy(() -> views.query(MAP, ViewRequest.of(day, Map.of("organ", "O", "colour", "red")))
                            .block(LIMIT))
                    .hasMessageContaining("colour: UNKNOWN");
            assertThatThrownBy(() -> views.query(MAP, ViewRequest.of(day, Map.of("organ", "O", "comparedTo", "x")))
                            .block(LIMIT))
                    .hasMessageContaining("comparedTo: INVALID");
            assertThatThrownBy(() -> views.query(
                                    "group-directory", new ViewRequest(day, OptionalLong.empty(), Map.of(), -1, null))
                            .block(LIMIT))
                    .hasMessageContaining("limit: INVALID");
        }
    }

    @Test
    void listsArePaged() {
        record(500);
        ViewRequest first = new ViewRequest(
                InnerMongolia.BEFORE,
                OptionalLong.empty(),
                request(InnerMongolia.BEFORE).filters(),
                25,
                null);
        ViewAnswer one = running.views().query("blind-spots", first).block(LIMIT);
        assertThat(one.rows()).hasSize(25);
        ViewAnswer two = running.views()
                .query("blind-spots", new ViewRequest(first.asOf(), first.knownAt(), first.filters(), 25, one.next()))
                .block(LIMIT);
        assertThat(two.rows()).hasSize(15);
        assertThat(two.next()).isNull();
    }
}
