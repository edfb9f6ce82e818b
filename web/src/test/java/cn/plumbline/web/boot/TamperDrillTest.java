package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Audit;
import cn.plumbline.journal.Audit.Broken;
import cn.plumbline.journal.Audit.Fault;
import cn.plumbline.journal.IndexSettings;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalCorrupted;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.proof.CheckpointRefused;
import cn.plumbline.web.proof.CheckpointRefused.Reason;
import cn.plumbline.web.proof.Checkpointer;
import cn.plumbline.web.proof.KeptCheckpoint;
import cn.plumbline.web.proof.KeyRing;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Somebody with full access to the database changes history. What notices it, and where, is what the table in
 * docs/verification.md says.
 */
class TamperDrillTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BLOCKS = 30;
    /** An auditor has kept the checkpoint over the first so many blocks. */
    private static final int SEEN_BLOCKS = 20;

    @TempDir
    private Path directory;

    private Path data;
    private Path earlier;
    private Database database;
    private MongoCollection<Document> blocks;
    private Journal journal;

    @BeforeEach
    void history() throws IOException {
        data = directory.resolve("data");
        open();
        Checkpointer checkpointer = checkpointer();
        for (int i = 1; i <= BLOCKS; i++) {
            append(journal);
            if (i == SEEN_BLOCKS) {
                KeptCheckpoint seen = checkpointer.sign().block(LIMIT);
                assertThat(seen.size()).isEqualTo(2L * SEEN_BLOCKS);
                earlier = Files.writeString(directory.resolve("earlier.checkpoint"), seen.note());
            }
        }
        assertThat(checkpointer.sign().block(LIMIT).size()).isEqualTo(2L * BLOCKS);
    }

    @AfterEach
    void close() {
        LoggingSystem.get(getClass().getClassLoader()).cleanUp(); // an export silences the log of its process
        if (journal != null) {
            journal.close().block(LIMIT);
        }
        if (database != null) {
            database.close();
        }
        journal = null;
        database = null;
    }

    private PlumblineProperties properties(Path at) {
        return new PlumblineProperties(
                at,
                ZoneOffset.UTC,
                "",
                false,
                new PlumblineProperties.Mongodb(null, null, PlumblineProperties.DATABASE, false),
                PlumblineProperties.Views.usual(),
                new PlumblineProperties.Proof(List.of(), PlumblineProperties.ORIGIN));
    }

    private static JournalSettings settings() {
        return JournalSettings.of("journal", "test")
                .withPollInterval(Duration.ZERO)
                .withCacheBytes(0);
    }

    private void open() {
        database = Database.open(properties(data)).block(LIMIT);
        blocks = database.mongo().getCollection("journal");
        journal = Journal.open(database.mongo(), settings()).block(LIMIT);
    }

    private static void append(Journal to) {
        List<NewEvent> events = List.of(unit(), unit());
        assertThat(to.append(events, AppendCondition.none()).block(LIMIT)).isNotNull();
    }

    private static NewEvent unit() {
        return Facts.unit(UUID.randomUUID().toString());
    }

    private Checkpointer checkpointer() throws IOException {
        KeyRing keys = KeyRing.inDirectory(data.resolve("keys"), PlumblineProperties.ORIGIN);
        return new Checkpointer(
                journal,
                new MongoCheckpoints(database.mongo(), "journal"),
                keys,
                PlumblineProperties.ORIGIN,
                Clock.systemUTC(),
                false);
    }

    // What somebody does.

    private Document block(long number) {
        return Mono.from(blocks.find(Filters.eq("_id", number))).block(LIMIT);
    }

    private void put(Document block) {
        assertThat(Mono.from(blocks.replaceOne(Filters.eq("_id", block.get("_id")), block))
                        .block(LIMIT)
                        .getMatchedCount())
                .isEqualTo(1);
    }

    private void delete(long number) {
        assertThat(Mono.from(blocks.deleteOne(Filters.eq("_id", number)))
                        .block(LIMIT)
                        .getDeletedCount())
                .isEqualTo(1);
    }

    private void deleteCheckpoints() {
        assertThat(Mono.from(database.mongo()
                                .getCollection("journal_checkpoints")
                                .deleteMany(new Document()))
                        .block(LIMIT)
                        .getDeletedCount())
                .isEqualTo(2 + 1); // and the note of which is the newest
    }

    private void changeByte(long number) {
        Document block = block(number);
        byte[] bytes = block.get("data", Binary.class).getData();
        bytes[bytes.length / 2] ^= 1;
        put(block.append("data", new Binary(bytes)));
    }

    /** A history that parts from the real one after some blocks, well-formed, with right tree heads, as long. */
    private List<Document> fork(int kept) {
        try (Database elsewhere =
                Database.open(properties(directory.resolve("elsewhere"))).block(LIMIT)) {
            MongoCollection<Document> copies = elsewhere.mongo().getCollection("journal");
            for (long number = 1; number <= kept; number++) {
                assertThat(Mono.from(copies.insertOne(block(number))).block(LIMIT))
                        .isNotNull();
            }
            Journal forger = Journal.open(elsewhere.mongo(), settings()).block(LIMIT);
            for (int i = kept; i < BLOCKS; i++) {
                append(forger);
            }
            forger.close().block(LIMIT);
            return Flux.from(copies.find(Filters.gt("_id", (long) kept)))
                    .collectSortedList(Comparator.comparing(block -> block.getLong("_id")))
                    .block(LIMIT);
        }
    }

    // Who notices it.

    private Audit selfCheck() {
        return journal.audit(Duration.ZERO, Duration.ofDays(1)).blockFirst(LIMIT);
    }

    private void assertThatOpeningNotices() {
        journal.close().block(LIMIT);
        journal = null;
        assertThatThrownBy(() -> Journal.open(database.mongo(), settings()).block(LIMIT))
                .isInstanceOf(JournalCorrupted.class);
    }

    private void reopenUnnoticed() {
        close();
        open();
    }

    private AbstractThrowableAssert<?, ?> assertThatSigningFails(Reason reason) {
        return assertThatThrownBy(() -> checkpointer().sign().block(LIMIT))
                .isInstanceOfSatisfying(
                        CheckpointRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** An auditor asks for an export and holds it against the checkpoint that he has. */
    private int auditorVerifies() {
        close();
        Path export = directory.resolve("export.ndjson");
        assertThat(CommandLine.tool("export", List.of("--plumbline.data-dir=" + data, "--to=" + export)))
                .isZero();
        return CommandLine.tool("verify", List.of(export.toString(), "--checkpoint=" + earlier));
    }

    @Test
    void anUntouchedHistoryIsNoticedByNobody() throws IOException {
        assertThat(selfCheck()).isInstanceOf(Audit.Sound.class);
        reopenUnnoticed();
        assertThat(checkpointer().sign().block(LIMIT).size()).isEqualTo(2L * BLOCKS);
        assertThat(auditorVerifies()).isZero();
    }

    @Nested
    class AChangedByte {

        @Test
        void isNoticedByTheSelfCheckAndByOpening() {
            changeByte(7);
            assertThat(selfCheck())
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.block()).isEqualTo(7));
            assertThatOpeningNotices();
        }
    }

    @Nested
    class AChangedByteAndAStartFromTheIndexFile {

        /** The file tells the new process what the one before has seen. */
        @Test
        void isNoticedByReadsAndByTheSelfCheck() {
            JournalSettings keeping = settings().withIndex(IndexSettings.inDirectory(directory.resolve("cache")));
            journal.close().block(LIMIT);
            Journal.open(database.mongo(), keeping).flatMap(Journal::close).block(LIMIT);
            changeByte(7);
            journal = Journal.open(database.mongo(), keeping).block(LIMIT);
            assertThatThrownBy(() -> journal.event(13).block(LIMIT)).isInstanceOf(JournalCorrupted.class);
            assertThat(selfCheck())
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.block()).isEqualTo(7));
        }
    }

    @Nested
    class AnotherBlockWithARightTreeHead {

        @Test
        void inTheMiddleIsNoticedByTheSelfCheckAndByOpening() {
            put(fork(6).getFirst());
            assertThat(selfCheck()).isEqualTo(new Broken(7, 13, 14, Fault.CHANGED));
            assertThatOpeningNotices();
        }

        @Test
        void atTheEndIsNoticedByTheSelfCheckAndWhenSigning() {
            put(fork(BLOCKS - 1).getFirst());
            assertThat(selfCheck()).isEqualTo(new Broken(30, 59, 60, Fault.CHANGED));
            reopenUnnoticed();
            var unused = assertThatSigningFails(Reason.FORKED);
        }
    }

    @Nested
    class ADeletedBlock {

        @Test
        void isNoticedByTheSelfCheckAndByOpening() {
            delete(12);
            assertThat(selfCheck()).isEqualTo(new Broken(12, 23, 24, Fault.MISSING));
            assertThatOpeningNotices();
        }
    }

    @Nested
    class AnInsertedBlock {

        /** All blocks behind it move up by one, with their positions. */
        @Test
        void isNoticedByTheSelfCheckAndByOpening() {
            Document inserted = fork(11).getFirst();
            for (long number = BLOCKS; number >= 12; number--) {
                Document moved = block(number);
                delete(number);
                moved.append("_id", number + 1).append("first", moved.getLong("first") + 2);
                assertThat(Mono.from(blocks.insertOne(moved)).block(LIMIT)).isNotNull();
            }
            assertThat(Mono.from(blocks.insertOne(inserted)).block(LIMIT)).isNotNull();
            assertThat(selfCheck()).isEqualTo(new Broken(12, 23, 24, Fault.CHANGED));
            assertThatOpeningNotices();
        }
    }

    @Nested
    class ExchangedBlocks {

        @Test
        void areNoticedByTheSelfCheckAndByOpening() {
            Document third = block(3);
            Document fourth = block(4);
            Object data3 = third.get("data");
            put(third.append("data", fourth.get("data")));
            put(fourth.append("data", data3));
            assertThat(selfCheck()).isEqualTo(new Broken(3, 5, 6, Fault.CHANGED));
            assertThatOpeningNotices();
        }
    }

    @Nested
    class ATruncatedEnd {

        @Test
        void isNoticedByTheSelfCheckAndWhenSigning() {
            delete(BLOCKS);
            delete(BLOCKS - 1);
            assertThat(selfCheck()).isEqualTo(new Broken(29, 57, 58, Fault.MISSING));
            reopenUnnoticed();
            var unused = assertThatSigningFails(Reason.ROLLED_BACK);
        }
    }

    @Nested
    class AForkWithRightTreeHeads {

        private void rewrite(int kept) {
            fork(kept).forEach(TamperDrillTest.this::put);
        }

        @Test
        void isNoticedByTheSelfCheckAndWhenSigning() {
            rewrite(10);
            assertThat(selfCheck()).isEqualTo(new Broken(11, 21, 22, Fault.CHANGED));
            reopenUnnoticed();
            var unused = assertThatSigningFails(Reason.FORKED);
        }

        @Test
        void thatTakesTheKeptCheckpointsAwayIsNoticedByWhoHasAnEarlierOne() throws IOException {
            rewrite(10);
            deleteCheckpoints();
            reopenUnnoticed();
            assertThat(checkpointer().sign().block(LIMIT).size()).isEqualTo(2L * BLOCKS);
            assertThat(auditorVerifies()).isEqualTo(1);
        }

        @Test
        void afterWhatTheEarlierCheckpointCoversIsNotNoticedByIt() {
            rewrite(SEEN_BLOCKS);
            deleteCheckpoints();
            reopenUnnoticed();
            assertThat(auditorVerifies()).isZero();
        }
    }

    @Nested
    class ForgedCheckpoints {

        @Test
        void areNoticedWhenSigning() {
            Document forged = new Document("_id", 1_000L)
                    .append("note", PlumblineProperties.ORIGIN + "\n1000\n" + "A".repeat(43) + "=\n\n— x AAAAAAAA\n")
                    .append("at", Date.from(Instant.EPOCH));
            assertThat(Mono.from(database.mongo()
                                    .getCollection("journal_checkpoints")
                                    .insertOne(forged))
                            .block(LIMIT))
                    .isNotNull();
            reopenUnnoticed();
            var unused = assertThatSigningFails(Reason.SIGNATURE_UNKNOWN);
        }

        @Test
        void areNoticedMissingByTheProcessThatSignedThem() throws IOException {
            Checkpointer running = checkpointer();
            assertThat(running.sign().block(LIMIT)).isNotNull();
            deleteCheckpoints();
            append(journal);
            assertThatThrownBy(() -> running.sign().block(LIMIT))
                    .isInstanceOfSatisfying(
                            CheckpointRefused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CHECKPOINT_LOST));
        }
    }

    @Nested
    class AnOldCopyOfEverything {

        /** The data directory as it was: keys, journal and checkpoints agree with each other. */
        @Test
        void isNoticedOnlyByWhoHasALaterCheckpoint() throws IOException {
            close();
            Path copy = directory.resolve("copy");
            FileSystemUtils.copyRecursively(data, copy);
            open();
            append(journal);
            KeptCheckpoint later = checkpointer().sign().block(LIMIT);
            earlier = Files.writeString(directory.resolve("earlier.checkpoint"), later.note());
            close();
            assertThat(FileSystemUtils.deleteRecursively(data)).isTrue();
            FileSystemUtils.copyRecursively(copy, data);

            open();
            assertThat(checkpointer().sign().block(LIMIT).size()).isEqualTo(2L * BLOCKS);
            assertThat(auditorVerifies()).isEqualTo(1);
        }
    }
}
