package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes and their database, each a real process: both nodes append without end, over lines that break at random, and
 * one after the other is killed with SIGKILL at a random moment and started again.
 */
class AllAtOnceTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int MOST_ACKNOWLEDGED = 80;
    private static final int MOST_MILLIS = 100;

    @TempDir
    Path directory;

    private final Promises promises = new Promises();

    @ReliabilityTest("两个节点经断续的线路不停追加，节点与数据库轮流在随机时刻被 kill -9 并重启 / Two nodes append without end over"
            + " lines that break, while nodes and database are killed in turn at random moments and started again")
    void nothingIsLostWhateverDiesWhileLinesBreak(Trial trial) throws Exception {
        Random dice = trial.dice(0);
        try (Database database = new Database();
                Node one = new Node("one", database, trial.dice(1));
                Node two = new Node("two", database, trial.dice(2))) {
            List<Mortal> mortals = List.of(one, database, two, database);
            List<Node> nodes = List.of(one, two);
            for (int round = 0; round < trial.rounds(3); round++) {
                Mortal victim = mortals.get(round % mortals.size());
                awaitAcknowledged(nodes, 1 + dice.nextInt(MOST_ACKNOWLEDGED));
                // Any moment, and the one in which an answer was given.
                victim.killWithin(dice.nextBoolean() ? 0 : dice.nextInt(MOST_MILLIS));
                victim.start();
                trial.round(1);
            }
            awaitAcknowledged(nodes, MOST_ACKNOWLEDGED);
            assertThat(nodes).allSatisfy(node -> assertThat(node.line.faults()).isPositive());
        }
        judge(trial);
    }

    /** By each node. */
    private static void awaitAcknowledged(List<Node> nodes, int more) {
        for (Node node : nodes) {
            long goal = node.acknowledged.get() + more;
            Awaitility.await(more + " more appends by node " + node.name)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> node.acknowledged.get() >= goal);
        }
    }

    private void judge(Trial trial) {
        EmbeddedMongo server = Objects.requireNonNull(
                EmbeddedMongo.open(EmbeddedSettings.inDirectory(data())).block(LIMIT));
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            Journal journal = Objects.requireNonNull(
                    Journal.open(client.getDatabase("plumbline"), JournalSettings.of("journal", "verify"))
                            .block(LIMIT));
            Workload.assertThatDecisionsRestOnFacts(journal, trial);
            trial.judge(journal, promises);
            journal.close().block(LIMIT);
        } finally {
            server.close().block(LIMIT);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** A process that is killed and started again. */
    private abstract static class Mortal implements AutoCloseable {

        private Process process;
        private CompletableFuture<Void> listening;

        abstract Process begin() throws IOException;

        abstract void hear(String line);

        void start() throws IOException {
            Process begun = begin();
            process = begun;
            listening = CompletableFuture.runAsync(
                    () -> listen(begun), task -> Thread.ofVirtual().start(task));
        }

        private void listen(Process begun) {
            try (var lines = begun.inputReader(StandardCharsets.UTF_8)) {
                Child.listen(lines, this::hear);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void killWithin(int millis) throws InterruptedException {
            assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();
            kill();
        }

        /** At any moment of what it does; afterwards everything that it had said is heard. */
        private void kill() {
            // By its handle: the process itself would close its streams, and with them what it has said last.
            assertThat(process.toHandle().destroyForcibly())
                    .as("it had not ended by itself")
                    .isTrue();
            var unused = process.onExit()
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
            listening.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public void close() throws IOException {
            kill();
        }
    }

    private final class Database extends Mortal {

        private final AtomicInteger port = new AtomicInteger();
        private final AtomicInteger opened = new AtomicInteger();

        Database() throws IOException {
            start();
        }

        @Override
        Process begin() throws IOException {
            return Child.start(SharedServer.class, "256m", data().toString(), port.toString());
        }

        @Override
        void start() throws IOException {
            int before = opened.get();
            super.start();
            Awaitility.await("the database is open").atMost(LIMIT).until(() -> opened.get() > before);
        }

        @Override
        void hear(String line) {
            if (line.startsWith(SharedServer.OPEN)) {
                port.set(Integer.parseInt(line.substring(SharedServer.OPEN.length())));
                opened.incrementAndGet();
            }
        }
    }

    private final class Node extends Mortal {

        private final String name;
        private final FaultyLine line;
        private final AtomicLong acknowledged = new AtomicLong();
        private int lives;

        Node(String name, Database database, Random dice) throws IOException {
            this.name = name;
            line = new FaultyLine(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), database.port.get()), FaultyClient.LATE);
            line.breakBy(dice);
            start();
        }

        @Override
        Process begin() throws IOException {
            lives++;
            return Child.start(
                    NodeWriter.class,
                    "256m",
                    Integer.toString(line.port()),
                    data().resolve("plumbline.secret").toString(),
                    name + lives,
                    Files.createDirectories(directory.resolve(name)).toString());
        }

        @Override
        void hear(String said) {
            if (Child.hear(said, promises)) {
                acknowledged.incrementAndGet();
            }
        }

        @Override
        public void close() throws IOException {
            line.close();
            super.close();
        }
    }
}
