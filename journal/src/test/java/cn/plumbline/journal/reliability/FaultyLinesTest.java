package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Followed;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Two journals append to the embedded database at once, each over a line of its own that breaks in every way. */
class FaultyLinesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JournalSettings SETTINGS = JournalSettings.of("journal", "node")
            .withPollInterval(Duration.ofMillis(20))
            .withCacheBytes(100_000);

    /** Settles whatever the line does to it. */
    private static final Duration PATIENT = Duration.ofSeconds(1);

    /** Gives up before what is late has arrived. */
    private static final Duration IMPATIENT = Duration.ofMillis(200);

    private static final int FAULTS_IN_A_ROUND = 120;
    private static final int WORKERS = 12;

    @TempDir
    Path directory;

    private EmbeddedMongo server;
    private MongoClient direct;

    @BeforeEach
    void start() {
        server = Objects.requireNonNull(
                EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory)).block(LIMIT));
        direct = MongoClients.create(server.clientSettings());
    }

    @AfterEach
    void stop() {
        direct.close();
        server.close().block(LIMIT);
    }

    @ReliabilityTest(
            "两个节点经会延迟、截断、断开、停滞的线路同时追加" + " / Two nodes append at once over lines that delay, truncate, cut and stall")
    void nothingIsLostOrDoubledOverLinesThatBreak(Trial trial) throws IOException {
        int rounds = trial.rounds(1);
        for (int round = 0; round < rounds; round++) {
            Promises promises = new Promises();
            String database = "round" + round;
            try (Node one = new Node("one", database, PATIENT, trial.dice(2L * round));
                    Node two = new Node("two", database, IMPATIENT, trial.dice(2L * round + 1))) {
                Flux.merge(work(one, two, promises), work(two, one, promises))
                        .then()
                        .block(LIMIT);
                trial.round(one.client.line().faults() + two.client.line().faults());
                Journal journal = Objects.requireNonNull(
                        Journal.open(direct.getDatabase(database), SETTINGS).block(LIMIT));
                Workload.assertThatDecisionsRestOnFacts(journal, trial);
                assertThatFollowersHaveSeenAll(List.of(one, two), journal.head(), trial);
                trial.judge(journal, promises);
                journal.close().block(LIMIT);
            }
        }
    }

    /** Until enough has broken. */
    private static Flux<?> work(Node node, Node other, Promises promises) {
        Workload workload = new Workload(node.journal, node.name, promises);
        return Flux.range(0, Integer.MAX_VALUE)
                .takeWhile(number ->
                        node.client.line().faults() + other.client.line().faults() < FAULTS_IN_A_ROUND)
                .flatMap(workload::next, WORKERS)
                .doFinally(signal -> node.client.line().mend())
                .subscribeOn(Schedulers.parallel());
    }

    private static void assertThatFollowersHaveSeenAll(List<Node> nodes, long head, Trial trial) {
        List<Long> all = LongStream.rangeClosed(1, head).boxed().toList();
        for (Node node : nodes) {
            await().atMost(LIMIT.toSeconds(), TimeUnit.SECONDS).until(() -> node.followed.size() >= head);
            assertThat(node.followed)
                    .as("seed %d, node %s", trial.seed(), node.name)
                    .isEqualTo(all);
        }
    }

    /** A line, a client and a journal, which is opened over the line while it breaks already, and a follower. */
    private final class Node implements AutoCloseable {
        private final String name;
        private final FaultyClient client;
        private final Journal journal;
        private final List<Long> followed = Collections.synchronizedList(new ArrayList<>());
        private final Disposable follower;

        Node(String name, String database, Duration patience, Random dice) throws IOException {
            this.name = name;
            client = new FaultyClient(server.clientSettings());
            client.line().breakBy(dice);
            journal = Objects.requireNonNull(Journal.open(client.database(database), SETTINGS.withPatience(patience))
                    .retryWhen(Workload.UNTIL_KNOWN)
                    .block(LIMIT));
            follower = Flux.defer(() -> journal.follow(Criteria.all(), followed.size()))
                    .retryWhen(Workload.UNTIL_KNOWN)
                    .ofType(Followed.Event.class)
                    .subscribe(event -> followed.add(event.position()));
        }

        @Override
        public void close() throws IOException {
            follower.dispose();
            journal.close().block(LIMIT);
            client.close();
        }
    }
}
