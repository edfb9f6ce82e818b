package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The chain of blocks as far as this process has seen it: its head, and index, directory and newest blocks up to
 * there. One writer at a time extends it, block by block; any thread reads. A block becomes visible as a whole, by the
 * one volatile write of the head that comes last.
 */
final class Chain {

    /** Blocks are read ahead until they hold so much. */
    private static final long WINDOW_BYTES = 8L << 20;

    /**
     * Everything up to the newest visible block.
     *
     * @param block its number; 0 = there is none
     * @param position of its last event
     * @param at when it was recorded
     * @param tree over all events
     */
    record Head(long block, long position, Instant at, MerkleFrontier tree) {
        TreeHead treeHead() {
            return TreeHead.of(tree.size(), tree.root());
        }
    }

    /**
     * A block that would be the next one.
     *
     * @param growth of the tree by it
     */
    record Successor(Block block, List<PreparedEvent> events, MerkleFrontier.Growth growth) {}

    private final JournalSettings settings;
    private final BlockReads reads;
    private final TagHash tagHash;
    private final Index index;
    private final BlockDirectory directory;
    private final SubtreeRoots roots;
    private final BlockCache cache;
    private final Runnable onExtended;
    private volatile Head head;

    /**
     * @param start where to go on from
     * @param onExtended runs after each block that became visible; must be short
     */
    Chain(JournalSettings settings, BlockReads reads, ChainState start, Runnable onExtended) {
        this.settings = settings;
        this.reads = reads;
        this.onExtended = onExtended;
        tagHash = start.tagHash();
        index = start.index();
        directory = start.directory();
        roots = start.roots();
        head = start.head();
        cache = new BlockCache(settings.cacheBytes());
    }

    /** Everything up to the head. */
    ChainState state() {
        return new ChainState(tagHash, head, index, directory, roots);
    }

    Head head() {
        return head;
    }

    Index index() {
        return index;
    }

    BlockDirectory directory() {
        return directory;
    }

    SubtreeRoots roots() {
        return roots;
    }

    BlockCache cache() {
        return cache;
    }

    /** An index for events that would come after the head, with about so many tags. */
    Index overlay(int tags) {
        return Index.small(tagHash, head.position, tags);
    }

    /** The event at a position up to the head, if its block is in memory. */
    @Nullable
    StoredEvent eventInMemory(long position) {
        Block block = cache.get(directory.blockOf(position, head.block));
        return block == null ? null : block.event(position);
    }

    Successor successor(List<PreparedEvent> events) {
        Head current = head;
        Instant now = settings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Instant at = now.isAfter(current.at) ? now : current.at;
        List<byte[]> leaves = new ArrayList<>(events.size());
        for (PreparedEvent event : events) {
            leaves.add(event.leafHash());
        }
        MerkleFrontier.Growth growth = current.tree.grow(leaves);
        byte[] root = growth.tree().root();
        Block block = Block.of(current.block + 1, current.position + 1, at, settings.node(), events, root);
        return new Successor(block, events, growth);
    }

    /** Writer only: extends the chain by a block that was stored. */
    void extend(Successor successor) {
        long latest = Long.MIN_VALUE;
        for (PreparedEvent event : successor.events) {
            latest = Math.max(latest, event.timeMicros());
            index.add(event.event().type(), event.tagHashes());
        }
        publish(successor.block, successor.growth, latest);
    }

    /**
     * Writer only: extends the chain by all blocks that the store has beyond it, verified. It must not be cancelled
     * while the writer's turn could pass on, so its only time limits are those of the single reads.
     */
    Mono<Void> catchUp() {
        return Mono.defer(() -> {
            CatchUp state = new CatchUp();
            return Mono.defer(() -> reads.find(state.nextNumbers()))
                    .doOnNext(state::extend)
                    .repeat(() -> state.more)
                    .then();
        });
    }

    /** Reads window after window, each about as large as memory allows by what the one before weighed. */
    private final class CatchUp {
        /** A hole may be seen in passing, when blocks are stored while a read goes over their numbers. */
        private static final int HOLE_LOOKS = 5;

        private int window = 8;
        private int holes;
        private boolean more;

        List<Long> nextNumbers() {
            long next = head.block + 1;
            return LongStream.range(next, next + window).boxed().toList();
        }

        void extend(List<Block> blocks) {
            long bytes = 0;
            for (Block block : blocks) {
                if (block.number() != head.block + 1) {
                    lookAgainAtHole();
                    return;
                }
                verifyAndExtend(block);
                bytes += block.weight();
                holes = 0;
            }
            more = blocks.size() == window;
            if (more) {
                long average = Math.max(1, bytes / window);
                window = Math.clamp(WINDOW_BYTES / average, 1, BlockStore.WINDOW);
            }
        }

        private void lookAgainAtHole() {
            holes++;
            if (holes == HOLE_LOOKS) {
                throw new JournalCorrupted("Block " + (head.block + 1) + " is missing", null);
            }
            more = true;
        }
    }

    private void verifyAndExtend(Block block) {
        Head current = head;
        if (block.first() != current.position + 1 || block.at().isBefore(current.at)) {
            throw new JournalCorrupted("Block " + block.number() + " does not follow block " + current.block, null);
        }
        List<StoredEvent> events = new ArrayList<>(block.count());
        List<byte[]> leaves = new ArrayList<>(block.count());
        for (long position = block.first(); position <= block.last(); position++) {
            StoredEvent event = block.event(position);
            events.add(event);
            leaves.add(leaf(event));
        }
        MerkleFrontier.Growth growth = current.tree.grow(leaves);
        if (!Arrays.equals(growth.tree().root(), block.root())) {
            throw new JournalCorrupted(
                    "The events up to block " + block.number() + " do not yield the tree head stored in it", null);
        }
        long latest = Long.MIN_VALUE;
        for (StoredEvent event : events) {
            latest = Math.max(latest, event.timeMicros());
            index.add(event.type(), hashes(event));
        }
        publish(block, growth, latest);
    }

    static byte[] leaf(StoredEvent event) {
        try {
            if (event.isWhole()) {
                return event.leafHash();
            }
        } catch (RuntimeException e) {
            throw new JournalCorrupted("The event at position " + event.position() + " is unreadable", e);
        }
        throw new JournalCorrupted("The event at position " + event.position() + " is not whole", null);
    }

    /** Whether the index finds an event by its type and its tags. */
    boolean isIndexed(StoredEvent event) {
        return index.leadsTo((int) event.position(), event.type(), hashes(event));
    }

    private long[] hashes(StoredEvent event) {
        List<String> texts = event.tagTexts();
        long[] hashes = new long[texts.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = tagHash.of(texts.get(i).getBytes(StandardCharsets.UTF_8));
        }
        return hashes;
    }

    /** The last position of a block up to the given head. */
    long lastOf(long block, Head upTo) {
        return block < upTo.block ? directory.first(block + 1) - 1 : upTo.position;
    }

    /** Whether a block that was read again is the one that was verified or written before. */
    boolean isAsSeen(Block block) {
        return directory.isAsSeen(block, tagHash);
    }

    /** Directory, roots, cache and index first, the head last: who sees the head sees all of it. */
    private void publish(Block block, MerkleFrontier.Growth growth, long latestMicros) {
        directory.add(block, latestMicros, block.fingerprint(tagHash));
        growth.subtreeRoots().forEach(roots::add);
        cache.addNewest(block);
        head = new Head(block.number(), block.last(), block.at(), growth.tree());
        onExtended.run();
    }
}
