package cn.plumbline.journal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Roots and proofs of a Merkle tree (RFC 6962, SHA-256) over the first leaves of a journal, of which only those of the
 * groups of 256 that the computation cuts have to be at hand; of all others the roots of full subtrees do. Indexes of
 * leaves count from 0. For one thread.
 */
final class MerkleNodes {

    private final SubtreeRoots roots;
    /** Leaf hashes by the number of their group. */
    private final Map<Long, List<byte[]>> leaves;

    private final MessageDigest sha256 = Sha256.digest();

    MerkleNodes(SubtreeRoots roots, Map<Long, List<byte[]>> leaves) {
        this.roots = roots;
        this.leaves = leaves;
    }

    byte[] root(long size) {
        return size == 0 ? sha256.digest() : hash(0, size);
    }

    /** PATH of RFC 6962, section 2.1.1: from the leaf's sibling up. */
    List<byte[]> inclusion(long leaf, long size) {
        List<byte[]> path = new ArrayList<>();
        addPath(path, leaf, 0, size);
        return path;
    }

    private void addPath(List<byte[]> path, long leaf, long from, long to) {
        if (to - from == 1) {
            return;
        }
        long middle = from + leftWidth(to - from);
        if (leaf < middle) {
            addPath(path, leaf, from, middle);
            path.add(hash(middle, to));
        } else {
            addPath(path, leaf, middle, to);
            path.add(hash(from, middle));
        }
    }

    /** PROOF of RFC 6962, section 2.1.2; empty from nothing, and to the same size. */
    List<byte[]> consistency(long from, long to) {
        List<byte[]> proof = new ArrayList<>();
        if (from > 0) {
            addSubproof(proof, from, 0, to, true);
        }
        return proof;
    }

    private void addSubproof(List<byte[]> proof, long size, long from, long to, boolean known) {
        if (size == to) {
            if (!known) {
                proof.add(hash(from, to));
            }
            return;
        }
        long middle = from + leftWidth(to - from);
        if (size <= middle) {
            addSubproof(proof, size, from, middle, known);
            proof.add(hash(middle, to));
        } else {
            addSubproof(proof, size, middle, to, false);
            proof.add(hash(from, middle));
        }
    }

    /** MTH of the leaves in [from, to), where the first index is a multiple of the width of the left half. */
    byte[] hash(long from, long to) {
        long width = to - from;
        int height = Long.numberOfTrailingZeros(width);
        boolean full = width == 1L << height;
        if (full && height > 0 && height % SubtreeRoots.FANOUT_BITS == 0) {
            return roots.get(height / SubtreeRoots.FANOUT_BITS, from >> height);
        }
        if (width == 1) {
            return leaf(from);
        }
        long middle = from + leftWidth(width);
        return MerkleFrontier.nodeHash(sha256, hash(from, middle), hash(middle, to));
    }

    private byte[] leaf(long index) {
        List<byte[]> group = leaves.get(index / SubtreeRoots.FANOUT);
        if (group == null) {
            throw new IllegalStateException("The leaves around " + index + " were not read");
        }
        return group.get((int) (index % SubtreeRoots.FANOUT));
    }

    /** The largest power of two that is smaller. */
    private static long leftWidth(long width) {
        return Long.highestOneBit(width - 1);
    }
}
