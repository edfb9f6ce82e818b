package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Nothing is cached, so that everything is read again. */
class MerkleLogTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EVENTS = 1300;
    private static final JournalSettings SETTINGS = JournalSettings.of("journal", "test")
            .withPollInterval(Duration.ZERO)
            .withBlockCaps(70, 1 << 20)
            .withCacheBytes(0);

    private final FaultyBlockStore store = new FaultyBlockStore();
    private EventLog journal;
    private MerkleLog log;
    private List<byte[]> leaves;

    @BeforeEach
    void fill() {
        journal = opened(Journal.open(store, SETTINGS));
        long appended = Flux.range(0, EVENTS)
                .flatMap(i -> journal.append(List.of(started(unit(i))), AppendCondition.none()), 200)
                .count()
                .block(LIMIT);
        assertThat(appended).isEqualTo(EVENTS);
        log = journal.merkleLog();
        leaves = journal.read(Criteria.all(), 0, EVENTS)
                .map(event -> NaiveMerkleTree.leafHash(event.logEntry()))
                .collectList()
                .block(LIMIT);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Nested
    class ALogEntry {

        @Test
        void isAHeaderAndTheHashOfSaltAndRecord() {
            StoredEvent event = journal.event(7).block(LIMIT);
            byte[] hash = NaiveMerkleTree.sha256(event.salt(), event.record());
            assertThat(new String(event.logEntry(), StandardCharsets.US_ASCII))
                    .isEqualTo("plumbline/event/v1\n" + HexFormat.of().formatHex(hash));
            assertThat(event.leafHash()).isEqualTo(leaves.get(6));
        }
    }

    @Nested
    class Tiles {

        @Test
        void ofLevelZeroAreLeafHashes() {
            for (int tile = 0; tile < 5; tile++) {
                assertThat(log.hashes(0, tile, 256).block(LIMIT))
                        .isEqualTo(concatenated(leaves.subList(tile * 256, (tile + 1) * 256)));
            }
            assertThat(log.hashes(0, 5, 20).block(LIMIT)).isEqualTo(concatenated(leaves.subList(1280, 1300)));
            assertThat(log.hashes(0, 2, 3).block(LIMIT)).isEqualTo(concatenated(leaves.subList(512, 515)));
        }

        @Test
        void ofLevelOneAreRootsOfFullTiles() {
            List<byte[]> roots = IntStream.range(0, 5)
                    .mapToObj(tile -> NaiveMerkleTree.root(leaves.subList(tile * 256, (tile + 1) * 256)))
                    .toList();
            assertThat(log.hashes(1, 0, 5).block(LIMIT)).isEqualTo(concatenated(roots));
            assertThat(log.hashes(1, 0, 2).block(LIMIT)).isEqualTo(concatenated(roots.subList(0, 2)));
        }

        @Test
        void thatAreNotThereYetAreEmpty() {
            assertThat(log.hashes(0, 5, 20).block(LIMIT)).isNotNull();
            assertThat(log.hashes(1, 0, 5).block(LIMIT)).isNotNull();
            assertThat(log.entries(5, 20).block(LIMIT)).isNotNull();
            assertThat(log.hashes(0, 5, 21).block(LIMIT)).isNull();
            assertThat(log.hashes(0, 5, 256).block(LIMIT)).isNull();
            assertThat(log.hashes(0, 6, 1).block(LIMIT)).isNull();
            assertThat(log.hashes(1, 0, 6).block(LIMIT)).isNull();
            assertThat(log.hashes(1, 1, 1).block(LIMIT)).isNull();
            assertThat(log.hashes(2, 0, 1).block(LIMIT)).isNull();
            assertThat(log.hashes(63, 0, 1).block(LIMIT)).isNull();
            assertThat(log.hashes(0, Long.MAX_VALUE, 256).block(LIMIT)).isNull();
            assertThat(log.hashes(3, Long.MAX_VALUE, 256).block(LIMIT)).isNull();
            assertThat(log.entries(5, 21).block(LIMIT)).isNull();
            assertThat(log.entries(Long.MAX_VALUE, 1).block(LIMIT)).isNull();
        }

        @Test
        void haveOneTo256Hashes() {
            assertThat(log.hashes(0, 0, 1).block(LIMIT)).hasSize(32);
            assertThat(log.hashes(0, 0, 256).block(LIMIT)).hasSize(256 * 32);
            assertThatThrownBy(() -> log.hashes(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.hashes(0, 0, 257)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.hashes(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.entries(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void areTheSameAfterARestart() {
            List<byte[]> before = tiles(log);
            EventLog again = opened(Journal.open(store.sibling(), SETTINGS));
            assertThat(tiles(again.merkleLog()))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(before);
            again.close();
        }

        private List<byte[]> tiles(MerkleLog of) {
            return List.of(
                    of.hashes(0, 0, 256).block(LIMIT),
                    of.hashes(1, 0, 5).block(LIMIT),
                    of.entries(5, 20).block(LIMIT));
        }
    }

    @Nested
    class ABundle {

        @Test
        void holdsEveryEntryBehindItsLength() {
            byte[] bundle = log.entries(5, 20).block(LIMIT);
            List<byte[]> read = new ArrayList<>();
            for (int at = 0; at < bundle.length; ) {
                int length = ((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff);
                read.add(NaiveMerkleTree.leafHash(Arrays.copyOfRange(bundle, at + 2, at + 2 + length)));
                at += 2 + length;
            }
            assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(leaves.subList(1280, 1300));
        }
    }

    @Nested
    class Proofs {

        private static final List<Integer> SIZES =
                List.of(1, 2, 255, 256, 257, 511, 512, 513, 1024, 1025, 1280, 1299, 1300);

        @Test
        void holdForEverySizeAndLeaf() {
            for (int size : SIZES) {
                byte[] root = NaiveMerkleTree.root(leaves.subList(0, size));
                assertThat(log.head(size).block(LIMIT)).isEqualTo(TreeHead.of(size, root));
                for (int leaf = 0; leaf < size; leaf += 97) {
                    List<byte[]> proof = log.inclusion(leaf + 1, size).block(LIMIT);
                    assertThat(ProofCheck.inclusion(leaf, size, leaves.get(leaf), proof, root))
                            .as("leaf %d of %d", leaf, size)
                            .isTrue();
                }
            }
        }

        @Test
        void leadFromEverySizeToEveryLaterOne() {
            for (int from : SIZES) {
                byte[] earlier = NaiveMerkleTree.root(leaves.subList(0, from));
                for (int to : SIZES) {
                    if (from <= to) {
                        List<byte[]> proof = log.consistency(from, to).block(LIMIT);
                        byte[] later = NaiveMerkleTree.root(leaves.subList(0, to));
                        assertThat(ProofCheck.consistency(from, to, proof, earlier, later))
                                .as("%d to %d", from, to)
                                .isTrue();
                    }
                }
            }
            assertThat(log.consistency(0, 1300).block(LIMIT)).isEmpty();
        }

        @Test
        void beyondTheHeadAreEmpty() {
            assertThat(log.head(1300).block(LIMIT)).isNotNull();
            assertThat(log.inclusion(1, 1300).block(LIMIT)).isNotEmpty();
            assertThat(log.consistency(1299, 1300).block(LIMIT)).isNotEmpty();
            assertThat(log.head(1301).block(LIMIT)).isNull();
            assertThat(log.inclusion(1, 1301).block(LIMIT)).isNull();
            assertThat(log.consistency(1300, 1301).block(LIMIT)).isNull();
        }

        @Test
        void thatMakeNoSenseAreRefused() {
            assertThat(log.inclusion(5, 5).block(LIMIT)).isNotEmpty();
            assertThatThrownBy(() -> log.inclusion(0, 5)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.inclusion(6, 5)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] concatenated(List<byte[]> hashes) {
        byte[] all = new byte[hashes.size() * 32];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i), 0, all, i * 32, 32);
        }
        return all;
    }
}
