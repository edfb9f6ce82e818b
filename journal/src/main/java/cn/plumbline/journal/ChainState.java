package cn.plumbline.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * What following the chain has built up, as far as its head: all that a process needs to go on from there.
 *
 * @param tagHash the hash of the tags in the index and of the fingerprints in the directory
 * @param head the newest block that counts; the rest may hold more, as one thread goes on adding
 * @param roots of the head's tree
 */
record ChainState(TagHash tagHash, Chain.Head head, Index index, BlockDirectory directory, SubtreeRoots roots) {

    /** Logarithm of the number of segments of the index: each growth moves a thousandth of it. */
    private static final int SEGMENT_BITS = 10;

    /** Before the first block. */
    static ChainState empty(TagHash tagHash) {
        Chain.Head head = new Chain.Head(0, 0, Instant.EPOCH, MerkleFrontier.empty());
        return new ChainState(
                tagHash, head, new Index(tagHash, 0, SEGMENT_BITS), new BlockDirectory(), new SubtreeRoots());
    }

    /**
     * Reads a state that holds a block at least. The tree follows from the roots of its subtrees, so that the head
     * cannot be of one tree and the roots of another.
     *
     * @throws IOException if what is read is none, or cannot be read
     */
    static ChainState read(IndexInput in) throws IOException {
        TagHash tagHash = TagHash.read(in);
        int block = in.readInt(1, Integer.MAX_VALUE);
        int position = in.readInt(block, Index.LAST_POSITION);
        BlockDirectory directory = BlockDirectory.read(in, block, position);
        SubtreeRoots roots = SubtreeRoots.read(in, position / SubtreeRoots.FANOUT);
        MerkleFrontier tree = MerkleFrontier.read(in, position, roots);
        Index index = Index.read(in, tagHash, SEGMENT_BITS, position);
        if (in.remaining() > 0) {
            throw new IOException("it does not end where it should");
        }
        return new ChainState(
                tagHash, new Chain.Head(block, position, directory.at(block), tree), index, directory, roots);
    }

    /** Writes a state that holds a block at least. Memory is bounded, and whoever adds to it meanwhile does not wait. */
    void write(IndexOutput out) throws IOException {
        int block = Math.toIntExact(head.block());
        int position = Math.toIntExact(head.position());
        tagHash.write(out);
        out.putVarint(block);
        out.putVarint(position);
        directory.write(out, block);
        roots.write(out, position / SubtreeRoots.FANOUT);
        head.tree().write(out);
        index.write(out, position);
    }

    /** Whether a block is the one at the head. */
    boolean endsWith(Block block) {
        return block.number() == head.block()
                && block.last() == head.position()
                && Arrays.equals(block.root(), head.tree().root())
                && directory.isAsSeen(block, tagHash);
    }
}
