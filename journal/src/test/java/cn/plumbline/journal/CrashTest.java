package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.CrashingWriter.Acknowledged;
import cn.plumbline.journal.CrashingWriter.Work;
import cn.plumbline.journal.embedded.DataDirectoryInUse;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/**
 * A real process is killed with SIGKILL while it appends to a journal in the embedded database's file; what the file
 * then holds is compared with what the process had been promised. One file goes through all rounds. More rounds:
 * {@code -Dplumbline.crash.rounds=100}; the same again: {@code -Dplumbline.seed=…}.
 */
class CrashTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROUNDS = Integer.getInteger("plumbline.crash.rounds", 4);
    private static final List<Work> WORKS = List.of(Work.LOAD, Work.BURSTS, Work.CLOSE);
    private static final int MOST_ACKNOWLEDGED = 400;
    private static final int MOST_MILLIS = 150;

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingAcknowledgedIsLostHoweverOftenTheProcessIsKilled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Work work = WORKS.get(round % WORKS.size());
            String situation = "seed " + seed + ", round " + round + ", " + work;
            int before = acknowledged.size();
            killInTheMiddle("run" + round, work);
            assertThat(acknowledged.size()).as(situation).isGreaterThanOrEqualTo(before);
            verify(situation);
        }
        assertThat(acknowledged).as("seed " + seed).isNotEmpty();
        assertThat(CrashingWriter.indexes(directory)).isDirectoryContaining("glob:**/journal.index");
    }

    private void killInTheMiddle(String run, Work work) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        directory.toString(),
                        run,
                        work.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            boolean opened = readUntilTheMoment(lines, work);
            assertThat(opened).as("the process has opened the journal").isTrue();
            if (work != Work.CLOSE) {
                assertTurnsAwayASecondProcess(process.pid());
            }
            // Not a moment of the program's choosing, but any.
            boolean ended = process.waitFor(random.nextInt(MOST_MILLIS), TimeUnit.MILLISECONDS);
            assertThat(ended && work != Work.CLOSE).as("ended by itself").isFalse();
            // By its handle: the process itself would close its streams, and with them what it has said last.
            var unused = process.toHandle().destroyForcibly();
            readToTheEnd(lines);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private void assertTurnsAwayASecondProcess(long pid) {
        assertThatThrownBy(() -> EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory))
                        .block(LIMIT))
                .isInstanceOfSatisfying(
                        DataDirectoryInUse.class,
                        inUse -> assertThat(inUse.pid()).hasValue(pid));
    }

    /** Reads until as many appends are acknowledged as the dice say, or the process closes. */
    private boolean readUntilTheMoment(BufferedReader lines, Work work) throws IOException {
        int left = random.nextInt(MOST_ACKNOWLEDGED);
        boolean opened = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            opened |= line.equals(CrashingWriter.OPEN);
            left -= take(line) ? 1 : 0;
            boolean moment = work == Work.CLOSE ? line.equals(CrashingWriter.CLOSING) : left <= 0;
            if (opened && moment) {
                break;
            }
        }
        return opened;
    }

    /** What it had said before it died; a last line without an end was not said. */
    private void readToTheEnd(BufferedReader lines) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (int next = lines.read(); next >= 0; next = lines.read()) {
            rest.append((char) next);
        }
        rest.substring(0, rest.lastIndexOf("\n") + 1).lines().forEach(this::take);
    }

    @CanIgnoreReturnValue
    private boolean take(String line) {
        boolean acknowledges = line.startsWith(CrashingWriter.ACKNOWLEDGED + " ");
        if (acknowledges) {
            acknowledged.add(Acknowledged.parse(line));
        }
        return acknowledges;
    }

    private void verify(String situation) {
        EmbeddedMongo server = Objects.requireNonNull(
                EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory)).block(LIMIT));
        try (MongoClient client = MongoClients.create(server.clientSettings())) {
            MongoDatabase database = client.getDatabase("plumbline");
            JournalSettings settings = JournalSettings.of("journal", "verify")
                    .withIndex(IndexSettings.inDirectory(CrashingWriter.indexes(directory)));
            Journal journal =
                    Objects.requireNonNull(Journal.open(database, settings).block(LIMIT));
            List<StoredEvent> events = Objects.requireNonNull(journal.read(Criteria.all(), 0, journal.head())
                    .collectList()
                    .block(LIMIT));
            verifyEvents(situation, events, journal.head());
            assertThat(root(events.stream().map(CrashTest::leaf).toList()))
                    .as(situation)
                    .isEqualTo(journal.treeHead().root());
            verifyIndex(situation, events, journal);
            verifyView(situation, database, journal.head());
            journal.close().block(LIMIT);
        } finally {
            server.close().block(LIMIT);
        }
    }

    private void verifyEvents(String situation, List<StoredEvent> events, long head) {
        assertThat(events)
                .as(situation)
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, head).boxed().toList());
        assertThat(events).as(situation).extracting(StoredEvent::id).doesNotHaveDuplicates();
        for (Acknowledged append : acknowledged) {
            for (int part = 1; part <= append.count(); part++) {
                long position = append.first() + part - 1;
                assertThat(head).as(situation).isGreaterThanOrEqualTo(position);
                assertThat(events.get((int) position - 1).id()).as(situation).isEqualTo(append.id() + "." + part);
            }
        }
        Map<String, Long> parts = events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.id().substring(0, event.id().indexOf('.')), Collectors.counting()));
        assertThat(events)
                .as(situation + ": appends are there as a whole or not at all")
                .allSatisfy(event -> assertThat(
                                parts.get(event.id().substring(0, event.id().indexOf('.'))))
                        .hasToString(event.metadata().get("count")));
    }

    /** Whatever the index file was in the middle of, the index leads to every event by its tags. */
    private static void verifyIndex(String situation, List<StoredEvent> events, Journal journal) {
        for (int unit = 0; unit < CrashingWriter.UNITS; unit++) {
            Tag tag = new Tag("unit", Integer.toString(unit));
            assertThat(journal.read(Criteria.tags(tag), 0, journal.head())
                            .map(StoredEvent::position)
                            .collectList()
                            .block(LIMIT))
                    .as(situation)
                    .isEqualTo(events.stream()
                            .filter(event -> event.tags().contains(tag))
                            .map(StoredEvent::position)
                            .toList());
        }
    }

    /** The view is written after the events that it stands for, so it is never ahead of them. */
    private static void verifyView(String situation, MongoDatabase database, long head) {
        Document view = Mono.from(database.getCollection(CrashingWriter.VIEW).find(Filters.eq("_id", "reached")))
                .defaultIfEmpty(new Document("position", 0L))
                .block(LIMIT);
        assertThat(Objects.requireNonNull(view).getLong("position"))
                .as(situation)
                .isLessThanOrEqualTo(head);
    }

    private static byte[] leaf(StoredEvent event) {
        byte[] record = sha256(event.salt(), event.record());
        String entry = "plumbline/event/v1\n" + HexFormat.of().formatHex(record);
        return sha256(new byte[] {0}, entry.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 6962, section 2.1, word for word. */
    private static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return sha256();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return sha256(new byte[] {1}, root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
