package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Followed;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.JournalUnavailable;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

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
    private static final int RECORDS = 5;

    /** Repeated for as long as the outcome is unknown, as a client with a key would; the faults end before it does. */
    private static final Retry UNTIL_KNOWN =
            Retry.fixedDelay(1_000, Duration.ofMillis(20)).filter(JournalUnavailable.class::isInstance);

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
                assertThatDecisionsRestOnFacts(journal, trial);
                assertThatFollowersHaveSeenAll(List.of(one, two), journal.head(), trial);
                trial.judge(journal, promises);
                journal.close().block(LIMIT);
            }
        }
    }

    /** Commands that are repeated until their outcome is known, and in between decisions that are not. */
    private static Flux<?> work(Node node, Node other, Promises promises) {
        return Flux.range(0, Integer.MAX_VALUE)
                .takeWhile(number ->
                        node.client.line().faults() + other.client.line().faults() < FAULTS_IN_A_ROUND)
                .flatMap(
                        number -> number % 3 == 0 ? decision(node, number, promises) : command(node, number, promises),
                        WORKERS)
                .doFinally(signal -> node.client.mend())
                .subscribeOn(Schedulers.parallel());
    }

    private static Mono<?> command(Node node, int number, Promises promises) {
        return promises.append(node.journal, node.name + number, 1 + number % 3, Samples.group(number % RECORDS))
                .retryWhen(UNTIL_KNOWN)
                .onErrorComplete(AppendConflict.class);
    }

    /** Counts the events of one record and appends the next number, under the condition just read. */
    private static Mono<?> decision(Node node, int number, Promises promises) {
        Tag record = Samples.unit(number % RECORDS);
        return Mono.defer(() -> {
                    long marker = node.journal.head();
                    return node.journal
                            .read(Criteria.tags(record), 0, marker)
                            .count()
                            .flatMap(seen -> promises.append(
                                    node.journal,
                                    node.name + number,
                                    new AppendCondition(marker, Criteria.tags(record)),
                                    List.of(counted(node.name + number, record, seen))));
                })
                .onErrorComplete(failure -> failure instanceof AppendConflict || failure instanceof JournalUnavailable);
    }

    private static NewEvent counted(String command, Tag record, long seen) {
        return new NewEvent(
                command + ".1",
                "sample.Counted",
                "1",
                Samples.TIME,
                Set.of(record, Samples.commandTag(command)),
                Map.of(),
                Long.toString(seen).getBytes(StandardCharsets.UTF_8));
    }

    private static void assertThatDecisionsRestOnFacts(Journal journal, Trial trial) {
        Map<Tag, Integer> next = new HashMap<>();
        List<StoredEvent> decisions = journal.read(Criteria.types(Set.of("sample.Counted")), 0, Long.MAX_VALUE)
                .collectList()
                .block(LIMIT);
        assertThat(decisions).isNotEmpty();
        for (StoredEvent event : decisions) {
            Tag record = event.tags().stream()
                    .filter(tag -> tag.key().equals("unit"))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.payload())
                    .as("seed %d, position %d", trial.seed(), event.position())
                    .asString()
                    .isEqualTo(Integer.toString(next.merge(record, 1, Integer::sum) - 1));
        }
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
            client.breakBy(dice);
            journal = Objects.requireNonNull(Journal.open(client.database(database), SETTINGS.withPatience(patience))
                    .retryWhen(UNTIL_KNOWN)
                    .block(LIMIT));
            follower = Flux.defer(() -> journal.follow(Criteria.all(), followed.size()))
                    .retryWhen(UNTIL_KNOWN)
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
