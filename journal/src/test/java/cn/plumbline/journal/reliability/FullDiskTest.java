package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.JournalUnavailable;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The disk under the embedded database's file gets full while it is written, at any byte of any commit. */
class FullDiskTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration IDLE_AFTER = Duration.ofMillis(30);
    private static final Duration CLOSING_TIME = Duration.ofMillis(200);
    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ZERO);

    private static final int ROUNDS_OF_A_FILE = 20;
    private static final int MOST_BYTES_LEFT = 200_000;
    private static final int AT_A_TIME = 32;

    @TempDir
    Path directory;

    @ReliabilityTest("磁盘在提交、压缩、关闭途中写满，腾出空间后重启 / The disk gets full in the middle of commits, compaction and"
            + " close; there is space again and it is started again")
    void nothingAcknowledgedIsLostOnAFullDisk(Trial trial) throws IOException {
        int rounds = trial.rounds(6);
        try (SmallDisk disk = SmallDisk.in(directory)) {
            Promises promises = new Promises();
            Path data = directory;
            for (int round = 0; round < rounds; round++) {
                if (round % ROUNDS_OF_A_FILE == 0) {
                    promises = new Promises();
                    data = disk.directory("data" + round);
                }
                long before = disk.refused();
                fill(disk, data, promises, "r" + round + "-", trial.dice(round));
                trial.round(disk.refused() - before);
                verify(data, promises, trial);
            }
        }
    }

    /** Appends until the disk is full, or, in a third of the rounds, only closes on a full disk. */
    private static void fill(SmallDisk disk, Path data, Promises promises, String prefix, Random dice)
            throws IOException {
        boolean fullAtClose = dice.nextInt(3) == 0;
        EmbeddedMongo server = open(data);
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            Journal journal = open(client);
            if (fullAtClose) {
                append(journal, promises, prefix, 200).then().block(LIMIT);
            } else {
                disk.limit(size(data) + dice.nextInt(MOST_BYTES_LEFT));
                List<Throwable> failures = Objects.requireNonNull(append(journal, promises, prefix, Integer.MAX_VALUE)
                        .collectList()
                        .block(LIMIT));
                failures.add(promises.append(journal, prefix + "last", 1)
                        .map(appended -> (Throwable) new AssertionError("appended on a full disk"))
                        .onErrorResume(Mono::just)
                        .block(LIMIT));
                assertThat(failures)
                        .allSatisfy(failure -> assertThat(failure)
                                .isInstanceOf(JournalUnavailable.class)
                                .hasMessageContaining("请腾出磁盘空间，然后重新启动")
                                .hasMessageContaining("free some space on the disk and start again"));
            }
            journal.close().block(LIMIT);
            disk.limit(size(data));
        } finally {
            server.close().block(LIMIT);
            disk.unlimited();
        }
    }

    /** Up to so many commands; ends after the first failure, with all failures. */
    private static Flux<Throwable> append(Journal journal, Promises promises, String prefix, int count) {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        return Flux.range(0, count)
                .takeWhile(number -> failures.isEmpty())
                .flatMap(
                        number -> promises.append(journal, prefix + number, 1 + number % 3, Samples.unit(number % 7))
                                .onErrorResume(failure -> {
                                    failures.add(failure);
                                    return Mono.empty();
                                }),
                        AT_A_TIME)
                .thenMany(Flux.defer(() -> Flux.fromIterable(failures)));
    }

    private static void verify(Path data, Promises promises, Trial trial) {
        EmbeddedMongo server = open(data);
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            Journal journal = open(client);
            trial.judge(journal, promises);
            journal.close().block(LIMIT);
        } finally {
            server.close().block(LIMIT);
        }
    }

    private static EmbeddedMongo open(Path data) {
        EmbeddedSettings defaults = EmbeddedSettings.inDirectory(data);
        EmbeddedSettings settings = new EmbeddedSettings(
                defaults.directory(),
                defaults.durable(),
                defaults.commitDelay(),
                IDLE_AFTER,
                CLOSING_TIME,
                defaults.connections(),
                defaults.sharedPort());
        return Objects.requireNonNull(EmbeddedMongo.open(settings).block(LIMIT));
    }

    private static Journal open(MongoClient client) {
        return Objects.requireNonNull(
                Journal.open(client.getDatabase("plumbline"), SETTINGS).block(LIMIT));
    }

    private static long size(Path data) throws IOException {
        return Files.size(data.resolve("plumbline.mv"));
    }
}
