package cn.plumbline.journal;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Merkle tree (RFC 6962, SHA-256) that grows at its right edge: of its nodes only the roots of the full subtrees are
 * kept, one per set bit of its size. Immutable.
 */
final class MerkleFrontier {

    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;
    private static final MerkleFrontier EMPTY = new MerkleFrontier(0, new byte[0][]);

    private final long size;
    /** Largest subtree first. */
    private final byte[][] peaks;

    private MerkleFrontier(long size, byte[][] peaks) {
        this.size = size;
        this.peaks = peaks;
    }

    static MerkleFrontier empty() {
        return EMPTY;
    }

    /** Reads the small subtrees of a tree whose subtrees of 256 leaves are given. */
    static MerkleFrontier read(IndexInput in, long size, SubtreeRoots roots) throws IOException {
        MerkleNodes nodes = new MerkleNodes(roots, Map.of());
        byte[][] peaks = new byte[Long.bitCount(size)][];
        long from = 0;
        for (int i = 0; i < peaks.length; i++) {
            long width = Long.highestOneBit(size - from);
            peaks[i] = width < SubtreeRoots.FANOUT
                    ? in.readBytes(SubtreeRoots.HASH_BYTES)
                    : nodes.hash(from, from + width);
            from += width;
        }
        return new MerkleFrontier(size, peaks);
    }

    /** Writes the roots of the subtrees of less than 256 leaves, largest first. */
    void write(IndexOutput out) throws IOException {
        int small = Long.bitCount(size % SubtreeRoots.FANOUT);
        for (int i = peaks.length - small; i < peaks.length; i++) {
            out.put(peaks[i]);
        }
    }

    long size() {
        return size;
    }

    static byte[] leafHash(MessageDigest sha256, byte[] entry) {
        sha256.update(LEAF_PREFIX);
        return sha256.digest(entry);
    }

    /**
     * A tree that has grown.
     *
     * @param subtreeRoots the roots of the subtrees of 256 leaves that became full, in order
     */
    record Growth(MerkleFrontier tree, List<byte[]> subtreeRoots) {}

    MerkleFrontier with(List<byte[]> leafHashes) {
        return grow(leafHashes).tree;
    }

    Growth grow(List<byte[]> leafHashes) {
        List<byte[]> subtreeRoots = new ArrayList<>();
        MessageDigest sha256 = Sha256.digest();
        byte[][] stack = new byte[Long.SIZE][];
        System.arraycopy(peaks, 0, stack, 0, peaks.length);
        int height = peaks.length;
        long newSize = size;
        for (byte[] leaf : leafHashes) {
            byte[] node = leaf;
            int level = 0;
            for (long rest = newSize; (rest & 1) == 1; rest >>>= 1) {
                node = nodeHash(sha256, stack[--height], node);
                if (++level == SubtreeRoots.FANOUT_BITS) {
                    subtreeRoots.add(node);
                }
            }
            stack[height++] = node;
            newSize++;
        }
        byte[][] newPeaks = new byte[height][];
        System.arraycopy(stack, 0, newPeaks, 0, height);
        return new Growth(new MerkleFrontier(newSize, newPeaks), subtreeRoots);
    }

    byte[] root() {
        MessageDigest sha256 = Sha256.digest();
        if (size == 0) {
            return sha256.digest();
        }
        byte[] root = peaks[peaks.length - 1];
        for (int i = peaks.length - 2; i >= 0; i--) {
            root = nodeHash(sha256, peaks[i], root);
        }
        return root.clone();
    }

    static byte[] nodeHash(MessageDigest sha256, byte[] left, byte[] right) {
        sha256.update(NODE_PREFIX);
        sha256.update(left);
        return sha256.digest(right);
    }
}
