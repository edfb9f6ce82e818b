package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A consumer is far slower than the producer; what it has not yet seen would not fit into memory. */
class SlowConsumerTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String HEAP = "128m";
    /** More than twice the heap. */
    private static final int EVENTS = (280 << 20) / SlowReader.PAYLOAD_BYTES;

    @TempDir
    Path directory;

    @ReliabilityTest("消费者远慢于生产者，积压是堆内存的两倍 / A consumer far slower than the producer, behind by twice the heap")
    void skipsNothingAndKeepsMemoryBounded(Trial trial) throws Exception {
        int rounds = trial.rounds(1);
        for (int round = 0; round < rounds; round++) {
            Path data = directory.resolve("data" + round);
            Promises promises = new Promises();
            Process process = Child.start(SlowReader.class, HEAP, data.toString(), Integer.toString(EVENTS));
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                String last = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Child.hear(line, promises);
                    last = line;
                }
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue())
                        .as("exit value; 3 = out of memory")
                        .isZero();
                List<String> words = List.of(last.split(" ", -1));
                assertThat(words).startsWith(SlowReader.SEEN, Integer.toString(EVENTS));
                assertThat(Integer.parseInt(words.get(2)))
                        .as("seen while it was appended")
                        .isBetween(1, EVENTS / 10);
            } finally {
                process.destroyForcibly();
            }
            trial.round(1);
            verify(data, promises, trial);
            delete(data);
        }
    }

    private static void verify(Path data, Promises promises, Trial trial) {
        EmbeddedMongo server = Objects.requireNonNull(
                EmbeddedMongo.open(EmbeddedSettings.inDirectory(data)).block(LIMIT));
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            Journal journal = Objects.requireNonNull(
                    Journal.open(client.getDatabase("plumbline"), JournalSettings.of("journal", "verify"))
                            .block(LIMIT));
            trial.judge(journal, promises);
            journal.close().block(LIMIT);
        } finally {
            server.close().block(LIMIT);
        }
    }

    private static void delete(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
