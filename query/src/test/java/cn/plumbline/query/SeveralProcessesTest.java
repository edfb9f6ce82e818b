package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.journal.axon.MongoTokenStore;
import cn.plumbline.query.ViewUpdate.Snapshot;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageMap;
import cn.plumbline.query.dispatch.CoverageMapView.CoverageTotals;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The views of two processes on one database: one feeds them, both answer. */
class SeveralProcessesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MAP = "coverage-map";
    private static final ViewRequest REQUEST =
            ViewRequest.of(InnerMongolia.AFTER, Map.of("organ", InnerMongolia.ORGAN.value()));
    private static final MemoryMongo MONGO = new MemoryMongo();

    private final MongoDatabase database = MONGO.freshDatabase();
    private final List<Node> nodes = new ArrayList<>();

    /** A process with everything of its own but the database. */
    private final class Node {

        private final MongoTokenStore tokens;
        private final TestJournal journal = new TestJournal(database);
        private final RunningQueries running;
        private final String name;
        private volatile boolean cutOff;

        Node(String name) {
            this.name = name;
            this.tokens = new MongoTokenStore(database, name, RunningQueries.CLAIM_TIMEOUT, Clock.systemUTC());
            this.running = new RunningQueries(database, journal, lifeline(), name);
            nodes.add(this);
        }

        /** The token store, until the process is cut off from it: it can then neither extend nor release a claim. */
        private TokenStore lifeline() {
            return (TokenStore) Proxy.newProxyInstance(
                    TokenStore.class.getClassLoader(),
                    new Class<?>[] {TokenStore.class},
                    (proxy, method, arguments) -> {
                        if (cutOff && method.getReturnType() == CompletableFuture.class) {
                            return CompletableFuture.failedFuture(new IllegalStateException("cut off"));
                        }
                        try {
                            return method.invoke(tokens, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        Views views() {
            return running.views();
        }

        void await(long position) {
            views().all()
                    .forEach(view -> assertThat(
                                    views().await(view.name(), position).block(LIMIT))
                            .isGreaterThanOrEqualTo(position));
        }

        CoverageMap map() {
            return (CoverageMap) views().query(MAP, REQUEST).block(LIMIT).body();
        }

        void close() {
            running.close();
            tokens.close();
            journal.close();
        }
    }

    private final Node one = new Node("one");
    private final Node two = new Node("two");

    @BeforeEach
    void started() {
        Awaitility.await().atMost(LIMIT).until(() -> owners().size() == 2 && !owners().contains("null"));
    }

    @AfterEach
    void stop() {
        nodes.forEach(Node::close);
    }

    @AfterAll
    static void close() {
        MONGO.close();
    }

    /** Who has the claims, one for each processor. */
    private List<String> owners() {
        return Objects.requireNonNull(Flux.from(database.getCollection("tokens").find(Filters.exists("processor")))
                .map(SeveralProcessesTest::owner)
                .collectList()
                .block(LIMIT));
    }

    private static String owner(Document token) {
        return String.valueOf(token.get("owner"));
    }

    @Test
    void bothAnswerWhatEitherRecords() {
        one.journal.append(InnerMongolia.beforeTheReform().all(), 20);
        two.await(one.journal.head());
        assertThat(two.journal.latest()).isEqualTo(one.journal.head());
        two.journal.append(InnerMongolia.complete().all(), 20);
        for (Node node : nodes) {
            node.await(two.journal.head());
            assertThat(node.map().covered()).isEqualTo(84);
        }
        assertThat(one.map()).isEqualTo(two.map());
    }

    @Test
    void bothTellThoseWhoFollow() {
        one.journal.append(InnerMongolia.beforeTheReform().all(), 500);
        nodes.forEach(node -> node.await(one.journal.head()));
        List<Flux<Integer>> followers = nodes.stream()
                .map(node -> node.views().stream(MAP, REQUEST)
                        .map(update -> update instanceof ViewUpdate.Update change
                                ? ((CoverageTotals) change.totals()).covered()
                                : ((CoverageMap) ((Snapshot) update).answer().body()).covered())
                        .takeUntil(covered -> covered == 84)
                        .replay()
                        .autoConnect(0))
                .toList();
        followers.forEach(each -> assertThat(each.blockFirst(LIMIT)).isEqualTo(44));
        two.journal.append(InnerMongolia.complete().all(), 7);
        followers.forEach(each -> assertThat(each.blockLast(LIMIT)).isEqualTo(84));
    }

    @Test
    void oneTakesOverFromTheOther() {
        one.journal.append(InnerMongolia.beforeTheReform().all(), 20);
        nodes.forEach(node -> node.await(one.journal.head()));
        Node owner = owners().contains("one") ? one : two;
        Node other = owner == one ? two : one;
        owner.cutOff = true;

        other.journal.append(InnerMongolia.complete().all(), 20);

        nodes.forEach(node -> node.await(other.journal.head()));
        nodes.forEach(node -> assertThat(node.map().covered()).isEqualTo(84));
        Awaitility.await().atMost(LIMIT).until(() -> owners().stream().allMatch(other.name::equals));
        owner.cutOff = false;
        owner.journal.append(moved().all(), 1);
        nodes.forEach(node -> node.await(owner.journal.head()));
        nodes.forEach(node -> assertThat(node.map().covered()).isEqualTo(83));
    }

    private static Facts moved() {
        Facts facts = InnerMongolia.complete();
        facts.voidAt(facts.positions(UnitCoverageStarted.class).getLast());
        return facts;
    }

    @Test
    void whatWasKnownIsTheSameForBoth() {
        one.journal.append(InnerMongolia.complete().all(), 20);
        long half = one.journal.head() / 2;
        CoverageMap[] maps = nodes.stream()
                .map(node -> {
                    node.await(one.journal.head());
                    return (CoverageMap) node.views()
                            .query(MAP, REQUEST.knownAt(half))
                            .block(LIMIT)
                            .body();
                })
                .toArray(CoverageMap[]::new);
        assertThat(maps[0]).isEqualTo(maps[1]);
    }
}
