package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Census.Count;
import cn.plumbline.query.DocumentStore.Outdated;
import cn.plumbline.query.DocumentStore.Stored;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Several processes at the documents of one projection; here each is an instance that knows nothing of the others. */
class SeveralFeedersTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ViewRequest REQUEST = ViewRequest.of(InnerMongolia.AFTER, Map.of());
    private static final MemoryMongo MONGO = new MemoryMongo();
    private static final String DOCUMENT = "whole:all";

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);
    private final Facts facts = InnerMongolia.beforeTheReform();
    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());

    @BeforeEach
    void record() {
        journal.append(facts.all(), 500);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private LiveProjection open(String node) {
        return open(node, 1).block(LIMIT);
    }

    private Mono<LiveProjection> open(String node, int version) {
        return LiveProjection.open(new Census(version).projection(), journal, registry(node, version));
    }

    private Registry registry(String node, int version) {
        return new Registry(database, new Census(version).projection(), node);
    }

    /** A process that begins with an empty collection, as all did that were there before the events. */
    private LiveProjection fromTheBeginning(String node) {
        registerAnEmptyOne(node);
        return open(node);
    }

    private void registerAnEmptyOne(String node) {
        LiveProjection projection = open(node);
        Registry registry = registry(node, 1);
        Registry.Entry old = registry.takeOver().block(LIMIT);
        DocumentStore empty = registry.store("census_empty_" + node);
        empty.begin().block(LIMIT);
        Registry.Entry begun = new Registry.Entry(1, empty.name(), old.generation() + 1, 0, old.epoch() + 1);
        assertThat(registry.replace(old, begun).block(LIMIT)).isTrue();
        assertThat(projection.position()).isEqualTo(journal.head());
    }

    private List<Recorded<? extends DomainEvent>> batch(long upTo) {
        return journal.read(new Census(1).projection().types(), Set.of(), 0, upTo)
                .collectList()
                .block(LIMIT);
    }

    private static Mono<Integer> count(LiveProjection projection) {
        return projection
                .read(reading -> new Census(1).answer(reading.documents(), REQUEST))
                .map(answer -> ((Count) answer.body()).units());
    }

    private int unitsUpTo(long position) {
        return (int) facts.positions(UnitRegistered.class).stream()
                .filter(each -> each <= position)
                .count();
    }

    /** What a query sees is what was recorded up to the position that it is told, neither more nor less. */
    private Mono<Long> readRightly(LiveProjection projection) {
        return projection.read(reading -> new Census(1)
                .answer(reading.documents(), REQUEST)
                .map(answer -> {
                    assertThat(((Count) answer.body()).units())
                            .as("seed %d, at position %d", seed, reading.position())
                            .isEqualTo(unitsUpTo(reading.position()));
                    return reading.position();
                }));
    }

    @RepeatedTest(5)
    void doNotDisturbEachOther() {
        LiveProjection one = fromTheBeginning("one");
        LiveProjection two = open("two");
        LiveProjection reader = open("reader");
        AtomicInteger feeding = new AtomicInteger(2);
        Mono<Void> first = feed(one, new Random(seed)).doFinally(end -> feeding.decrementAndGet());
        Mono<Void> second = feed(two, new Random(seed + 1)).doFinally(end -> feeding.decrementAndGet());
        Mono<Void> reading = Flux.just(one, two, reader)
                .flatMap(each -> Mono.defer(() -> readRightly(each)).repeat(() -> feeding.get() > 0), 3)
                .then();

        Mono.when(first, second, reading).block(LIMIT);

        for (LiveProjection each : List.of(one, two, reader)) {
            assertThat(count(each).block(LIMIT)).as("seed %d", seed).isEqualTo(84);
        }
    }

    /** Batches that overlap, end anywhere, and come late. */
    private Mono<Void> feed(LiveProjection projection, Random random) {
        List<Recorded<? extends DomainEvent>> all = batch(journal.head());
        return Flux.range(0, 40)
                .concatMap(round -> {
                    int end = Math.min(all.size(), 2 * round + 1 + random.nextInt(10));
                    return projection.apply(all.subList(random.nextInt(end), end));
                })
                .then(projection.apply(all))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Test
    void oneThatWasReplacedDoesNoHarm() {
        LiveProjection one = fromTheBeginning("one");
        LiveProjection two = open("two");
        one.apply(batch(20)).block(LIMIT);
        two.apply(batch(40)).block(LIMIT);
        one.apply(batch(30)).block(LIMIT);
        assertThat(count(two).block(LIMIT)).isEqualTo(38);
        one.apply(batch(50)).block(LIMIT);
        two.apply(batch(45)).block(LIMIT);
        two.apply(batch(60)).block(LIMIT);
        assertThat(count(one).block(LIMIT)).isEqualTo(58);
        assertThat(count(two).block(LIMIT)).isEqualTo(58);
    }

    @Test
    void oneWhoseBatchWasLeftInTheMiddleFencesItselfOff() {
        Sinks.Empty<Void> middle = Sinks.empty();
        LiveProjection one = telling(middle, 15);
        one.apply(batch(10)).block(LIMIT);
        long epoch = registered().epoch();
        one.apply(batch(20)).takeUntilOther(middle.asMono()).block(LIMIT);
        assertThat(registered().position()).isEqualTo(10);
        one.apply(batch(30)).block(LIMIT);
        assertThat(registered().epoch()).isGreaterThan(epoch);
        assertThat(count(one).block(LIMIT)).isEqualTo(unitsUpTo(30));
    }

    /** One that says when it is at an event. */
    private LiveProjection telling(Sinks.Empty<Void> reached, long position) {
        Table<Count> table = Table.of(
                Table.WHOLE,
                Count.class,
                (id, state, event) -> {
                    if (event.position() == position) {
                        var unused = reached.tryEmitEmpty();
                    }
                    return new Count((state == null ? 0 : state.units()) + 1);
                },
                List.of(UnitRegistered.class));
        registerAnEmptyOne("one");
        return LiveProjection.open(new Projection("census", 1, List.of(table)), journal, registry("one", 1))
                .block(LIMIT);
    }

    private Registry.Entry registered() {
        return registry("anyone", 1).find().block(LIMIT);
    }

    @Nested
    class AWriteThatComesLate {

        private final DocumentStore store = registry("one", 1).store("documents");

        @BeforeEach
        void begin() {
            store.begin().then(write(10, 0, 1, 10)).block(LIMIT);
        }

        private Mono<Void> write(long position, long before, long epoch, int units) {
            return store.load(List.of(DOCUMENT), before)
                    .flatMap(loaded -> store.shared(before, epoch)
                            .write(Map.of(DOCUMENT, new Stored(position, "{\"units\":" + units + "}")), loaded));
        }

        private Stored at(long position) {
            return store.load(List.of(DOCUMENT), position).block(LIMIT).get(DOCUMENT);
        }

        @Test
        void isRefusedWhereTheSuccessorHasWritten() {
            write(13, 10, 2, 13).block(LIMIT);
            assertThatThrownBy(() -> write(17, 10, 1, 17).block(LIMIT)).isInstanceOf(Outdated.class);
            assertThat(at(13)).isEqualTo(new Stored(13, "{\"units\":13}"));
            assertThat(at(10)).isEqualTo(new Stored(10, "{\"units\":10}"));
        }

        @Test
        void isNotSeenAndWrittenOverWhereTheSuccessorHasNot() {
            write(17, 10, 1, 17).block(LIMIT);
            assertThat(at(10)).isEqualTo(new Stored(10, "{\"units\":10}"));
            assertThat(at(13)).isEqualTo(new Stored(10, "{\"units\":10}"));
            write(13, 10, 2, 13).block(LIMIT);
            assertThat(at(13)).isEqualTo(new Stored(13, "{\"units\":13}"));
            assertThat(at(17)).isEqualTo(new Stored(13, "{\"units\":13}"));
        }

        @Test
        void doesNotBringBackWhatIsNoMore() {
            store.shared(10, 2)
                    .write(
                            Map.of(DOCUMENT, new Stored(13, null)),
                            store.load(List.of(DOCUMENT), 10).block(LIMIT))
                    .block(LIMIT);
            assertThatThrownBy(() -> write(12, 10, 1, 12).block(LIMIT)).isInstanceOf(Outdated.class);
            assertThat(at(13)).isEqualTo(new Stored(13, null));
            assertThat(store.all().block(LIMIT)).isEmpty();
        }

        /** Two events that cancel each other out: the successor has both, the late writer has one. */
        @Test
        void isRefusedWhereTheSuccessorLeftTheDocumentAsItWas() {
            Table<Count> parity = Table.of(
                    Table.WHOLE,
                    Count.class,
                    (id, state, event) -> new Count(state == null || state.units() == 0 ? 1 : 0),
                    List.of(UnitRegistered.class));
            Folding folding = new Folding(new Projection("parity", 1, List.of(parity)), journal);
            List<Recorded<? extends DomainEvent>> events = batch(journal.head());
            long first = events.get(1).position();
            long second = events.get(3).position();
            store.begin()
                    .then(folding.apply(store.shared(0, 1), events.subList(0, 2)))
                    .then(folding.apply(store.shared(first, 2), events.subList(2, 4)))
                    .block(LIMIT);
            assertThatThrownBy(() -> folding.apply(store.shared(first, 1), events.subList(2, 3))
                            .block(LIMIT))
                    .isInstanceOf(Outdated.class);
            assertThat(at(second)).isEqualTo(new Stored(second, "{\"units\":0}"));
        }

        @Test
        void intoACollectionThatWasDroppedIsNotRead() {
            store.drop().then(write(17, 10, 1, 17).onErrorComplete()).block(LIMIT);
            Map<String, Stored> none = Map.of();
            store.shared(10, 1)
                    .write(Map.of(DOCUMENT, new Stored(17, "{\"units\":17}")), none)
                    .block(LIMIT);
            assertThatThrownBy(() -> at(17)).isInstanceOf(Outdated.class);
            assertThat(store.isThere().block(LIMIT)).isFalse();
        }
    }

    @Nested
    class AReaderThatIsOvertaken {

        @Test
        void readsAgain() {
            LiveProjection one = fromTheBeginning("one");
            LiveProjection reader = open("reader");
            one.apply(batch(20)).block(LIMIT);
            List<Recorded<? extends DomainEvent>> first = batch(21);
            List<Recorded<? extends DomainEvent>> second = batch(22);
            AtomicInteger readings = new AtomicInteger();
            // Two batches come between the look at the position and the first reading of the document.
            Mono<Void> overtaking = Mono.defer(
                    () -> readings.getAndIncrement() == 0 ? one.apply(first).then(one.apply(second)) : Mono.empty());
            Mono<Integer> counted = reader.read(reading -> overtaking
                    .then(new Census(1).answer(reading.documents(), REQUEST))
                    .map(answer -> ((Count) answer.body()).units()));
            assertThat(counted.block(LIMIT)).isEqualTo(20);
            assertThat(readings).hasValue(2);
        }

        @Test
        void learnsOfBatchesOfOthersWhileItWaits() {
            LiveProjection one = fromTheBeginning("one");
            LiveProjection reader = open("reader");
            Mono<Long> waiting = reader.await(journal.head()).cache();
            Mono<Long> told = reader.flushes().next().cache();
            Mono.when(waiting, told, one.apply(batch(journal.head()))).block(LIMIT);
            assertThat(waiting.block(LIMIT)).isEqualTo(journal.head());
        }
    }

    @Nested
    class ARebuild {

        @RepeatedTest(3)
        void byAnotherProcessIsTakenOverByAll() {
            LiveProjection one = fromTheBeginning("one");
            LiveProjection two = open("two");
            AtomicInteger feeding = new AtomicInteger(1);
            Mono<Void> fed = feed(one, new Random(seed)).doFinally(end -> feeding.decrementAndGet());
            Mono<Void> rebuilt = two.rebuild().repeat(() -> feeding.get() > 0).then();
            Mono<Void> reading = Flux.just(one, two)
                    .flatMap(each -> Mono.defer(() -> readRightly(each)).repeat(() -> feeding.get() > 0), 2)
                    .then();
            Mono.when(fed, rebuilt, reading).block(LIMIT);
            assertThat(readRightly(one).block(LIMIT)).isEqualTo(journal.head());
            assertThat(readRightly(two).block(LIMIT)).isEqualTo(journal.head());
        }
    }

    @Nested
    class AtTheStart {

        @Test
        void theyAgreeOnOneCollection() {
            List<LiveProjection> opened = Flux.range(0, 4)
                    .flatMap(i -> open("node-" + i, 1).subscribeOn(Schedulers.boundedElastic()), 4)
                    .collectList()
                    .block(LIMIT);
            assertThat(opened)
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(count(each).block(LIMIT)).isEqualTo(84));
            assertThat(Flux.from(database.listCollectionNames())
                            .filter(name -> name.startsWith("census"))
                            .collectList()
                            .block(LIMIT))
                    .hasSize(1);
        }

        @Test
        void anOldVersionDoesNotTakeThemBack() {
            LiveProjection old = fromTheBeginning("old");
            assertThat(open("new", 2).block(LIMIT)).isNotNull();
            long epoch = registered().epoch();
            Disposable feeding = old.apply(batch(20)).subscribe();
            Awaitility.await().atMost(LIMIT).until(() -> old.failure() != null);
            feeding.dispose();
            assertThat(old.failure().message()).contains("ViewReplaced");
            assertThat(registered().epoch()).isEqualTo(epoch);
        }

        @Test
        void anotherVersionTakesTheDocumentsOver() {
            LiveProjection old = open("old");
            assertThat(open("new", 2).block(LIMIT)).isNotNull();
            assertThatThrownBy(() -> count(old).block(LIMIT)).isInstanceOf(ViewReplaced.class);
            assertThat(old.failure()).isNotNull();
        }
    }
}
