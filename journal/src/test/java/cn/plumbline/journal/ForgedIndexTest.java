package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.group;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.Audit.Broken;
import cn.plumbline.journal.Audit.Fault;
import cn.plumbline.journal.Audit.Sound;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes the database while no process runs, and the index file to suit it. */
class ForgedIndexTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BLOCKS = 300;
    private static final JournalSettings ELSEWHERE = JournalSettings.of("journal", "test")
            .withPollInterval(Duration.ZERO)
            .withCacheBytes(0);

    private final FaultyBlockStore store = new FaultyBlockStore();
    private EventLog journal;

    @TempDir
    private Path directory;

    /** Blocks of two events each, of which the second is of the group. */
    @BeforeEach
    void history() {
        write(store.sibling(), settings(), 1);
        var unused = open();
        assertThat(audit()).isInstanceOf(Sound.class);
        journal.close();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void write(FaultyBlockStore to, JournalSettings settings, int sign) {
        EventLog writer = opened(Journal.open(to, settings));
        for (int i = 1; i <= BLOCKS; i++) {
            var unused = writer.append(List.of(started(unit(sign * i)), ended(group(1))), AppendCondition.none())
                    .block(LIMIT);
        }
        writer.close();
    }

    private JournalSettings settings() {
        return ELSEWHERE.withIndex(IndexSettings.inDirectory(directory));
    }

    private int open() {
        FaultyBlockStore line = store.sibling();
        journal = opened(Journal.open(line, settings()));
        return line.read();
    }

    private void openWithTheFile() {
        assertThat(open()).isEqualTo(1);
    }

    private Audit audit() {
        return journal.audit(Duration.ZERO, Duration.ofDays(1)).blockFirst(LIMIT);
    }

    /** Another history, as long and well-formed, of the same blocks and positions. */
    private FaultyBlockStore fork() {
        FaultyBlockStore fork = new FaultyBlockStore();
        write(fork, ELSEWHERE, -1);
        return fork;
    }

    private static Block with(Block block, byte[] data, Instant at) {
        return Block.read(block.number(), block.first(), block.count(), at, block.node(), data, block.root());
    }

    /** Block 7 with other events. */
    private void changeEvents() {
        Block block = store.block(7);
        store.replace(with(block, fork().block(7).data(), block.at()));
    }

    private void forge(UnaryOperator<ChainState> forgery) throws IOException {
        IndexFile file = new IndexFile(directory, "journal");
        file.write(forgery.apply(file.read()));
    }

    /** A directory that knows the blocks as they are in the database now. */
    private BlockDirectory directory(TagHash tagHash, long latestMicrosOfBlock7) {
        BlockDirectory forged = new BlockDirectory();
        for (long number = 1; number <= BLOCKS; number++) {
            Block block = store.block(number);
            long latest = block.event(block.first()).timeMicros();
            forged.add(block, number == 7 ? latestMicrosOfBlock7 : latest, block.fingerprint(tagHash));
        }
        return forged;
    }

    private ChainState withDirectory(ChainState state) {
        long latest = store.block(7).event(13).timeMicros();
        return new ChainState(
                state.tagHash(), state.head(), state.index(), directory(state.tagHash(), latest), state.roots());
    }

    @Nested
    class AFileThatNobodyTouched {

        /** The fingerprints in it are older than this process. */
        @Test
        void knowsABlockThatWasChangedSinceAnEarlierProcessSawIt() {
            changeEvents();
            openWithTheFile();
            assertThatThrownBy(() -> journal.event(13).block(LIMIT)).isInstanceOf(JournalCorrupted.class);
            assertThat(audit()).isEqualTo(new Broken(7, 13, 14, Fault.CHANGED));
        }
    }

    @Nested
    class AForgedDirectory {

        @Test
        void hidesNoChangedEvents() throws IOException {
            changeEvents();
            forge(ForgedIndexTest.this::withDirectory);
            openWithTheFile();
            assertThat(journal.event(13).block(LIMIT).tags()).containsExactly(unit(-7));
            assertThat(audit()).isEqualTo(new Broken(7, 13, 14, Fault.ROOT_DIFFERS));
        }

        @Test
        void hidesNoTimeThatGoesBack() throws IOException {
            Block block = store.block(7);
            store.replace(with(block, block.data(), block.at().minusSeconds(1)));
            forge(ForgedIndexTest.this::withDirectory);
            openWithTheFile();
            assertThat(audit()).isEqualTo(new Broken(7, 13, 14, Fault.CHANGED));
        }

        @Test
        void hidesNoLatestTime() throws IOException {
            forge(state -> new ChainState(
                    state.tagHash(),
                    state.head(),
                    state.index(),
                    directory(state.tagHash(), Long.MAX_VALUE / 2),
                    state.roots()));
            openWithTheFile();
            assertThat(audit()).isEqualTo(new Broken(7, 13, 14, Fault.INDEX_DIFFERS));
        }
    }

    @Nested
    class ForgedRoots {

        /** They yield the tree of the forger, and so not the head that the database has. */
        @Test
        void areNotBelieved() throws IOException {
            EventLog forger = opened(Journal.open(fork(), ELSEWHERE));
            SubtreeRoots roots = new SubtreeRoots();
            byte[] tile = forger.merkleLog().hashes(1, 0, 2).block(LIMIT);
            roots.add(Arrays.copyOf(tile, SubtreeRoots.HASH_BYTES));
            roots.add(Arrays.copyOfRange(tile, SubtreeRoots.HASH_BYTES, tile.length));
            forger.close();
            forge(state -> new ChainState(state.tagHash(), state.head(), state.index(), state.directory(), roots));
            assertThat(open()).isEqualTo(1 + BLOCKS);
        }
    }

    @Nested
    class AForgedIndex {

        private Index index(TagHash tagHash, String typeOf13, Tag tagOf13) {
            Index forged = new Index(tagHash, 0, 10);
            for (int position = 1; position <= 2 * BLOCKS; position++) {
                StoredEvent event = store.block((position + 1) / 2).event(position);
                Tag tag = position == 13 ? tagOf13 : event.tags().iterator().next();
                forged.add(position == 13 ? typeOf13 : event.type(), new long[] {tagHash.of(tag)});
            }
            return forged;
        }

        private void forgeEvent13(String type, Tag tag) throws IOException {
            forge(state -> new ChainState(
                    state.tagHash(),
                    state.head(),
                    index(state.tagHash(), type, tag),
                    state.directory(),
                    state.roots()));
            openWithTheFile();
        }

        @Test
        void thatIsRightIsSound() throws IOException {
            forgeEvent13(Samples.STARTED, unit(7));
            assertThat(audit()).isInstanceOf(Sound.class);
        }

        @Test
        void hidesNoEventFromThoseWhoAskForItsTag() throws IOException {
            forgeEvent13(Samples.STARTED, unit(8));
            assertThat(journal.next(Criteria.tags(unit(7)), 0)).isEmpty();
            assertThat(audit()).isEqualTo(new Broken(7, 13, 13, Fault.INDEX_DIFFERS));
        }

        @Test
        void hidesNoEventFromThoseWhoAskForItsType() throws IOException {
            forgeEvent13(Samples.ENDED, unit(7));
            assertThat(audit()).isEqualTo(new Broken(7, 13, 13, Fault.INDEX_DIFFERS));
        }
    }
}
