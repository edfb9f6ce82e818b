package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.IndexSettings;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import cn.plumbline.journal.embedded.DataDirectoryInUse;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import cn.plumbline.journal.reliability.CrashingWriter.Work;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * A real process is killed with SIGKILL while it starts, appends, compacts or closes a journal in the embedded
 * database's file; what the file then holds is compared with what the process had been promised.
 */
class CrashTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<Work> WORKS = List.of(Work.LOAD, Work.BURSTS, Work.CLOSE, Work.START);
    private static final int ROUNDS_OF_A_FILE = 50;
    private static final int MOST_ACKNOWLEDGED = 400;
    private static final int MOST_MILLIS = 150;
    /** About as long as a start takes. */
    private static final int MOST_MILLIS_OF_START = 2_000;

    @TempDir
    Path directory;

    @ReliabilityTest("进程在启动、写入、压缩、关闭的随机时刻被 kill -9 / A process is killed with SIGKILL at a random moment of"
            + " starting, appending, compacting, closing")
    void nothingAcknowledgedIsLostHoweverOftenTheProcessIsKilled(Trial trial) throws Exception {
        Promises promises = new Promises();
        Path data = directory;
        int rounds = trial.rounds(10);
        for (int round = 0; round < rounds; round++) {
            if (round % ROUNDS_OF_A_FILE == 0) {
                promises = new Promises();
                data = directory.resolve("data" + round);
            }
            Work work = WORKS.get(round % WORKS.size());
            new Run(data, promises, trial.dice(round)).killInTheMiddle("run" + round, work);
            trial.round(1);
            verify(data, promises, trial);
        }
        assertThat(promises.count(Promises.Answer.ACKNOWLEDGED)).isPositive();
        assertThat(CrashingWriter.indexes(data)).isDirectoryContaining("glob:**/journal.index");
    }

    /** The life of one process. */
    private record Run(Path data, Promises promises, Random dice) {

        void killInTheMiddle(String name, Work work) throws IOException, InterruptedException {
            Process process = Child.start(CrashingWriter.class, "256m", data.toString(), name, work.name());
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                if (work != Work.START) {
                    assertThat(readUntilTheMoment(lines, work))
                            .as("the process has opened the journal")
                            .isTrue();
                    if (work != Work.CLOSE) {
                        assertTurnsAwayASecondProcess(process.pid());
                    }
                }
                // Not a moment of the program's choosing, but any.
                int millis = dice.nextInt(work == Work.START ? MOST_MILLIS_OF_START : MOST_MILLIS);
                boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
                assertThat(ended && work != Work.CLOSE).as("ended by itself").isFalse();
                // By its handle: the process itself would close its streams, and with them what it has said last.
                var unused = process.toHandle().destroyForcibly();
                Child.listen(lines, line -> Child.hear(line, promises));
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
        }

        private void assertTurnsAwayASecondProcess(long pid) {
            assertThatThrownBy(() -> EmbeddedMongo.open(EmbeddedSettings.inDirectory(data))
                            .block(LIMIT))
                    .isInstanceOfSatisfying(
                            DataDirectoryInUse.class,
                            inUse -> assertThat(inUse.pid()).hasValue(pid));
        }

        /** Reads until as many appends are acknowledged as the dice say, or the process closes. */
        private boolean readUntilTheMoment(BufferedReader lines, Work work) throws IOException {
            int left = dice.nextInt(MOST_ACKNOWLEDGED);
            boolean opened = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                opened |= line.equals(CrashingWriter.OPEN);
                left -= Child.hear(line, promises) ? 1 : 0;
                boolean moment = work == Work.CLOSE ? line.equals(CrashingWriter.CLOSING) : left <= 0;
                if (opened && moment) {
                    break;
                }
            }
            return opened;
        }
    }

    private static void verify(Path data, Promises promises, Trial trial) {
        EmbeddedMongo server = Objects.requireNonNull(
                EmbeddedMongo.open(EmbeddedSettings.inDirectory(data)).block(LIMIT));
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            MongoDatabase database = client.getDatabase("plumbline");
            JournalSettings settings = JournalSettings.of("journal", "verify")
                    .withIndex(IndexSettings.inDirectory(CrashingWriter.indexes(data)));
            Journal journal =
                    Objects.requireNonNull(Journal.open(database, settings).block(LIMIT));
            trial.judge(journal, promises);
            assertThatTheIndexIsWhole(journal);
            assertThatTheViewIsNotAhead(database, journal.head());
            journal.close().block(LIMIT);
        } finally {
            server.close().block(LIMIT);
        }
    }

    /** Whatever the index file was in the middle of, the index leads to every event by each of its tags. */
    private static void assertThatTheIndexIsWhole(Journal journal) {
        Map<Tag, List<Long>> byTag = new HashMap<>();
        Objects.requireNonNull(journal.read(Criteria.all(), 0, journal.head())
                        .collectList()
                        .block(LIMIT))
                .forEach(event -> event.tags()
                        .forEach(tag -> byTag.computeIfAbsent(tag, first -> new ArrayList<>())
                                .add(event.position())));
        byTag.values().removeIf(positions -> positions.size() == 1);
        byTag.forEach((tag, positions) -> assertThat(journal.read(Criteria.tags(tag), 0, journal.head())
                        .map(StoredEvent::position)
                        .collectList()
                        .block(LIMIT))
                .isEqualTo(positions));
    }

    /** The view is written after the events that it stands for. */
    private static void assertThatTheViewIsNotAhead(MongoDatabase database, long head) {
        Document view = Mono.from(database.getCollection(CrashingWriter.VIEW).find(Filters.eq("_id", "reached")))
                .defaultIfEmpty(new Document("position", 0L))
                .block(LIMIT);
        assertThat(Objects.requireNonNull(view).getLong("position")).isLessThanOrEqualTo(head);
    }
}
