package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.group;
import static cn.plumbline.journal.Samples.noneOf;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** Journals that keep their index in a file, over lines that count what is read. */
class KeptIndexTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int UNITS = 17;

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final FaultyBlockStore store = new FaultyBlockStore();
    private final List<EventLog> logs = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() {
        logs.forEach(EventLog::close);
    }

    private static JournalSettings settings() {
        return JournalSettings.of("journal", "test")
                .withPollInterval(Duration.ZERO)
                .withBlockCaps(5, 1 << 20)
                .withCacheBytes(50_000);
    }

    private JournalSettings keeping() {
        return settings().withIndex(IndexSettings.inDirectory(directory));
    }

    private EventLog open(FaultyBlockStore line, JournalSettings settings) {
        EventLog log = opened(Journal.open(line, settings));
        logs.add(log);
        return log;
    }

    /** Appends, closes, and leaves a file. */
    private void given(int events) {
        EventLog journal = open(store.sibling(), keeping());
        append(journal, events);
        journal.close();
        assertThat(file()).exists();
    }

    private Path file() {
        return directory.resolve("journal.index");
    }

    private void append(EventLog journal, int events) {
        var unused = Flux.range(0, events)
                .flatMap(
                        i -> journal.append(
                                List.of(
                                        i % 3 == 0
                                                ? ended(unit(random.nextInt(UNITS)))
                                                : started(unit(i % UNITS), group(i % 2))),
                                AppendCondition.none()),
                        32)
                .blockLast(LIMIT);
    }

    /** Opens the journal, which must read so many blocks for it, and holds it against one that reads all of them. */
    private void assertThatOpeningReads(int blocks) {
        FaultyBlockStore line = store.sibling();
        EventLog journal = open(line, keeping());
        assertThat(line.read()).isEqualTo(blocks);
        assertSameAsRebuilt(journal);
        journal.close();
    }

    private void assertSameAsRebuilt(EventLog journal) {
        EventLog rebuilt = open(store.sibling(), settings());
        assertThat(journal.head()).isEqualTo(rebuilt.head());
        assertThat(journal.treeHead()).isEqualTo(rebuilt.treeHead());
        List<Criteria> all = new ArrayList<>(List.of(Criteria.all(), Criteria.nothing()));
        for (int i = 0; i <= UNITS; i++) {
            all.add(Criteria.tags(unit(i)));
            all.add(Criteria.tags(unit(i), group(i % 2)));
        }
        for (Criteria criteria : all) {
            assertThat(facts(journal, criteria)).as("%s", criteria).isEqualTo(facts(rebuilt, criteria));
            long after = random.nextLong(journal.head() + 1);
            assertThat(journal.next(criteria, after)).isEqualTo(rebuilt.next(criteria, after));
        }
        for (long position = 1; position <= journal.head(); position += 7) {
            Instant at = journal.event(position).block(LIMIT).recordedAt();
            assertThat(journal.positionAt(at)).isEqualTo(rebuilt.positionAt(at));
            assertThat(journal.merkleLog().head(position).block(LIMIT))
                    .isEqualTo(rebuilt.merkleLog().head(position).block(LIMIT));
        }
        assertThat(journal.firstSince(Samples.TIME).block(LIMIT))
                .isEqualTo(rebuilt.firstSince(Samples.TIME).block(LIMIT));
        assertThat(audit(journal)).isEqualTo(audit(rebuilt)).isInstanceOf(Audit.Sound.class);
    }

    private static List<String> facts(EventLog journal, Criteria criteria) {
        return journal.read(criteria, 0, journal.head())
                .map(event -> event.position() + " " + event.recordedAt() + " "
                        + HexFormat.of().formatHex(event.record()))
                .collectList()
                .block(LIMIT);
    }

    private static Audit audit(EventLog journal) {
        return journal.audit(Duration.ZERO, Duration.ofDays(1)).blockFirst(LIMIT);
    }

    @Nested
    class AStartFromAFile {

        @Test
        void readsNothingButTheNewestBlock() {
            given(700);
            assertThatOpeningReads(1);
        }

        @Test
        void readsWhatTheFileDoesNotKnowYet() {
            given(300);
            EventLog other = open(store.sibling(), settings());
            for (int i = 0; i < 9; i++) {
                append(other, 1);
            }
            assertThatOpeningReads(1 + 9);
        }

        @Test
        void checksConditionsAgainstEventsThatItHasNotRead() {
            given(100);
            EventLog journal = open(store.sibling(), keeping());
            long last = journal.read(Criteria.tags(unit(3)), 0, journal.head())
                    .map(StoredEvent::position)
                    .blockLast(LIMIT);
            assertThatThrownBy(() -> journal.append(List.of(ended(unit(3))), noneOf(last - 1, unit(3)))
                            .block(LIMIT))
                    .isInstanceOfSatisfying(
                            AppendConflict.class,
                            conflict -> assertThat(conflict.position()).isEqualTo(last));
            assertThat(journal.append(List.of(ended(unit(3))), noneOf(last, unit(3)))
                            .block(LIMIT)
                            .last())
                    .isEqualTo(101);
            assertSameAsRebuilt(journal);
        }

        @Test
        void isNoticedByNobodyWhoGoesOnThroughManyOfThem() {
            for (int round = 0; round < 10; round++) {
                FaultyBlockStore line = store.sibling();
                EventLog journal = open(line, keeping());
                assertThat(line.read()).isEqualTo(round == 0 ? 0 : 1);
                append(journal, 1 + random.nextInt(90));
                journal.close();
            }
            assertThatOpeningReads(1);
        }

        @Test
        void refusesABlockThatWasChangedMeanwhileAsSoonAsItIsRead() {
            given(100);
            store.forget(3);
            assertThatThrownBy(() -> open(store.sibling(), settings())).isInstanceOf(JournalCorrupted.class);
            EventLog journal = open(store.sibling(), keeping());
            assertThat(audit(journal)).isInstanceOfSatisfying(Audit.Broken.class, broken -> {
                assertThat(broken.block()).isEqualTo(3);
                assertThat(broken.fault()).isEqualTo(Audit.Fault.MISSING);
            });
        }
    }

    @Nested
    class AFileThatIsOfNoUse {

        private final ListAppender<ILoggingEvent> log = new ListAppender<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger(IndexKeeper.class);

        @BeforeEach
        void listen() {
            log.start();
            logger.addAppender(log);
        }

        @AfterEach
        void listenNoMore() {
            logger.detachAppender(log);
        }

        /** The chain is read as without a file, one line says why, and the next start has a file of use. */
        private void assertThatItIsIgnored(int alsoRead, String why) {
            assertThatOpeningReads(store.stored() + alsoRead);
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("ignores its index file", why);
            assertThatOpeningReads(1);
        }

        @Test
        void isMadeAnewWhereThereIsNone() throws IOException {
            given(200);
            Files.delete(file());
            assertThatOpeningReads(store.stored());
            assertThat(log.list).isEmpty();
            assertThatOpeningReads(1);
        }

        @Test
        void asItIsTorn() throws IOException {
            given(200);
            byte[] bytes = Files.readAllBytes(file());
            Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2));
            assertThatItIsIgnored(0, "torn");
        }

        @Test
        void asItIsNoIndexFile() throws IOException {
            given(200);
            Files.writeString(file(), "something else altogether");
            assertThatItIsIgnored(0, "no index file");
        }

        @Test
        void asItIsOfAnotherDatabase() {
            given(200);
            long blocks = store.stored();
            LongStream.rangeClosed(1, blocks).forEach(store::forget);
            EventLog other = open(store.sibling(), settings());
            for (int i = 0; i < blocks; i++) {
                append(other, 1);
            }
            assertThatItIsIgnored(1, "is not the one with which the file ends");
        }

        @Test
        void asTheDatabaseWasRolledBack() {
            given(200);
            store.forget(store.stored());
            assertThatItIsIgnored(0, "the database ends before block");
        }

        @Test
        void asTheDatabaseWasRolledBackAndHasGoneOn() {
            given(200);
            long blocks = store.stored();
            store.forget(blocks);
            store.forget(blocks - 1);
            EventLog other = open(store.sibling(), settings());
            for (int i = 0; i < 9; i++) {
                append(other, 1);
            }
            assertThatItIsIgnored(1, "is not the one with which the file ends");
        }

        @Test
        void asItCannotBeReadNorWritten() throws IOException {
            Files.createFile(file().resolveSibling("none"));
            JournalSettings nowhere = settings().withIndex(IndexSettings.inDirectory(directory.resolve("none/cache")));
            EventLog journal = open(store.sibling(), nowhere);
            append(journal, 100);
            journal.close();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .last()
                    .asString()
                    .contains("is not written");
            assertSameAsRebuilt(open(store.sibling(), nowhere));
        }
    }

    @Nested
    class AFileOfAnOpenJournal {

        @Test
        void keepsUpWithAppendsBesideIt() {
            IndexSettings eager = new IndexSettings(directory, Duration.ofMillis(1), 1);
            EventLog journal = open(store.sibling(), settings().withIndex(eager));
            for (int i = 0; i < 10; i++) {
                append(journal, 50);
                long head = journal.head();
                Awaitility.await("a file that goes about as far as the journal")
                        .atMost(journal.limit())
                        .pollInterval(Duration.ofMillis(5))
                        .ignoreException(NoSuchFileException.class)
                        .until(() -> head - kept() <= kept() / 32);
            }
            journal.close();
            assertThatOpeningReads(1);
        }

        private long kept() throws IOException {
            return new IndexFile(directory, "journal").read().head().position();
        }
    }
}
