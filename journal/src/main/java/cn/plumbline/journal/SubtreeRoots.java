package cn.plumbline.journal;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The roots of all full subtrees of 256, 65 536 and 16 777 216 leaves of a Merkle tree: what tlog-tiles calls the hashes
 * of levels 1, 2 and 3. They weigh 32 bytes and a little per 256 leaves, and spare every computation on the tree the
 * reading of all leaves but those of the groups that it cuts. One thread adds; any thread reads what was published to
 * it after it was added.
 */
final class SubtreeRoots {

    static final int HASH_BYTES = 32;
    static final int FANOUT = 256;
    static final int FANOUT_BITS = 8;
    /** A journal of 2^31 events has no full subtree above. */
    static final int LEVELS = 3;

    private final Level[] levels = {new Level(), new Level(), new Level()};

    /** Reads the roots of so many subtrees of 256 leaves, of which those above follow. */
    static SubtreeRoots read(IndexInput in, int count) throws IOException {
        SubtreeRoots roots = new SubtreeRoots();
        for (int i = 0; i < count; i++) {
            roots.add(in.readBytes(HASH_BYTES));
        }
        return roots;
    }

    /** Writes the roots of the first so many subtrees of 256 leaves. */
    void write(IndexOutput out, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            out.put(get(1, i));
        }
    }

    /** Takes the root of the next 256 leaves. */
    void add(byte[] root) {
        byte[] node = root;
        for (int level = 0; level < LEVELS; level++) {
            int count = levels[level].add(node);
            if (count % FANOUT != 0) {
                return;
            }
            node = levels[level].root(count / FANOUT - 1);
        }
    }

    /** A root; the level counts from 1. */
    byte[] get(int level, long index) {
        return slice(level, index / FANOUT, (int) (index % FANOUT), 1);
    }

    /** So many roots of a tile, concatenated. */
    byte[] slice(int level, long tile, int from, int count) {
        return levels[level - 1].slice((int) tile, from, count);
    }

    private static final class Level {

        /** One page is one tile. */
        private volatile byte[][] pages = new byte[0][];

        private int count;

        int add(byte[] root) {
            byte[][] current = pages;
            if (count == current.length * FANOUT) {
                current = Arrays.copyOf(current, current.length + 1);
                current[current.length - 1] = new byte[FANOUT * HASH_BYTES];
                pages = current;
            }
            System.arraycopy(root, 0, current[count / FANOUT], count % FANOUT * HASH_BYTES, HASH_BYTES);
            return ++count;
        }

        byte[] slice(int page, int from, int length) {
            return Arrays.copyOfRange(pages[page], from * HASH_BYTES, (from + length) * HASH_BYTES);
        }

        byte[] root(int page) {
            MessageDigest sha256 = Sha256.digest();
            byte[][] nodes = new byte[FANOUT][];
            for (int i = 0; i < FANOUT; i++) {
                nodes[i] = slice(page, i, 1);
            }
            for (int width = FANOUT / 2; width >= 1; width /= 2) {
                for (int i = 0; i < width; i++) {
                    nodes[i] = MerkleFrontier.nodeHash(sha256, nodes[2 * i], nodes[2 * i + 1]);
                }
            }
            return nodes[0];
        }
    }
}
