package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.query.Census.Count;
import cn.plumbline.query.DocumentStore.Stored;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LiveProjectionTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ViewRequest REQUEST = ViewRequest.of(InnerMongolia.AFTER, Map.of());
    private static final MemoryMongo MONGO = new MemoryMongo();

    private final MongoDatabase database = MONGO.freshDatabase();
    private final TestJournal journal = new TestJournal(database);
    private final Facts facts = InnerMongolia.beforeTheReform();

    @AfterEach
    void stop() {
        journal.close();
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    private QueryConfiguration open(int version) {
        return QueryConfiguration.open(database, journal, "test", List.of(new Census(version)))
                .block(LIMIT);
    }

    private static int units(Views views) {
        return ((Count) views.query("census", REQUEST).block(LIMIT).body()).units();
    }

    private List<String> collections() {
        return Flux.from(database.listCollectionNames())
                .filter(name -> name.startsWith("census"))
                .collectList()
                .block(LIMIT);
    }

    @Nested
    class ANewVersion {

        @Test
        void isBuiltBeforeItAnswersAndReplacesTheOld() {
            journal.append(facts.all(), 500);
            assertThat(units(open(1).views())).isEqualTo(84);
            assertThat(collections()).singleElement(STRING).matches("census_v1_r1_\\w+_test");
            assertThat(units(open(2).views())).isEqualTo(168);
            assertThat(collections()).singleElement(STRING).matches("census_v2_r2_\\w+_test");
        }

        @Test
        void goesOnLive() {
            journal.append(facts.all().subList(0, 40), 500);
            assertThat(units(open(1).views())).isEqualTo(38);
            try (RunningQueries running = new RunningQueries(journal, new InMemoryTokenStore(), open(2))) {
                journal.append(facts.all(), 5);
                assertThat(running.views().await("census", journal.head()).block(LIMIT))
                        .isEqualTo(journal.head());
                assertThat(units(running.views())).isEqualTo(168);
            }
        }
    }

    @Nested
    class ABatch {

        private final LiveProjection live = open();

        private LiveProjection open() {
            return LiveProjection.open(
                            new Census(1).projection(),
                            journal,
                            new Registry(database, new Census(1).projection(), "test"))
                    .block(LIMIT);
        }

        @Test
        void isAppliedOnceHoweverOftenItComes() {
            journal.append(facts.all(), 500);
            List<Recorded<? extends DomainEvent>> batch = batch(journal.head());
            live.apply(batch).then(live.apply(batch)).then(live.apply(batch)).block(LIMIT);
            assertThat(state()).isEqualTo("{\"units\":84}");
        }

        @Test
        void thatWasHalfWrittenIsReadWithoutAndCompleted() {
            journal.append(facts.all(), 500);
            live.apply(batch(20)).block(LIMIT);
            long complete = live.position();
            // As if the crash came between the documents and the position.
            store().shared(complete, 2)
                    .write(
                            Map.of("whole:all", new Stored(30, "{\"units\":28}")),
                            store().load(List.of("whole:all"), complete).block(LIMIT))
                    .block(LIMIT);
            LiveProjection again = open();
            assertThat(count(again)).isEqualTo(18);
            // A batch that ends elsewhere than the one that was cut off.
            again.apply(batch(25)).block(LIMIT);
            assertThat(count(again)).isEqualTo(23);
            again.apply(batch(journal.head())).block(LIMIT);
            assertThat(state()).isEqualTo("{\"units\":84}");
        }

        @Test
        void afterAGapFillsIt() {
            journal.append(facts.all(), 500);
            List<Recorded<? extends DomainEvent>> all = batch(journal.head());
            live.apply(all.subList(60, 70)).block(LIMIT);
            assertThat(live.position()).isEqualTo(all.get(70).position() - 1);
            assertThat(state()).isEqualTo("{\"units\":70}");
        }

        private int count(LiveProjection projection) {
            return projection
                    .read(reading -> new Census(1).answer(reading.documents(), REQUEST))
                    .map(answer -> ((Count) answer.body()).units())
                    .block(LIMIT);
        }

        private List<Recorded<? extends DomainEvent>> batch(long upTo) {
            return journal.read(new Census(1).projection().types(), Set.of(), 0, upTo)
                    .collectList()
                    .block(LIMIT);
        }

        private String state() {
            return store().all().block(LIMIT).get("whole:all").json();
        }

        private DocumentStore store() {
            return new DocumentStore(database, collections().getFirst());
        }
    }

    @Nested
    class WhileTheJournalFails {

        @Test
        void thePositionStandsStillAndNothingIsSkipped() {
            journal.append(facts.all(), 500);
            Failing source = new Failing(journal);
            QueryConfiguration configuration = QueryConfiguration.open(database, source, "test", List.of(new Census(1)))
                    .block(LIMIT);
            try (RunningQueries running = new RunningQueries(journal, new InMemoryTokenStore(), configuration)) {
                source.failures.set(3);
                facts.voidAt(3);
                journal.append(facts.all(), 1);
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() ->
                                running.views().status("census").block(LIMIT).failure() != null);
                assertThat(running.views().await("census", journal.head()).block(LIMIT))
                        .isEqualTo(journal.head());
                assertThat(units(running.views())).isEqualTo(83);
                assertThat(running.views().status("census").block(LIMIT).failure())
                        .isNull();
            }
        }
    }

    /** A journal that cannot be read for a while. */
    private record Failing(EventSource source, AtomicInteger failures) implements EventSource {

        Failing(EventSource source) {
            this(source, new AtomicInteger());
        }

        @Override
        public long head() {
            return source.head();
        }

        @Override
        public OptionalLong next(Set<String> types, long after) {
            return source.next(types, after);
        }

        @Override
        public long positionAt(Instant at) {
            return source.positionAt(at);
        }

        @Override
        public Flux<Recorded<? extends DomainEvent>> read(Set<String> types, Set<Tag> tags, long after, long upTo) {
            return Flux.defer(() -> failures.getAndDecrement() > 0
                    ? Mono.<Recorded<? extends DomainEvent>>error(new IllegalStateException("unreachable"))
                            .flux()
                    : source.read(types, tags, after, upTo));
        }
    }
}
