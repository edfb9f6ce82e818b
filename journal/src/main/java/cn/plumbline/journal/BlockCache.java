package cn.plumbline.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in memory, bounded by bytes. Half of them are for the newest blocks, which tails and busy records read and
 * which no amount of other reading drives out; the rest is for those that were read last. The lock is held for a few
 * look-ups in maps only.
 */
final class BlockCache {

    private final long newestLimit;
    private final long readLimit;
    private final Map<Long, Block> newest = new HashMap<>();
    private final Deque<Block> newestInOrder = new ArrayDeque<>();
    private final LinkedHashMap<Long, Block> read = new LinkedHashMap<>(16, 0.75f, true);
    private long newestBytes;
    private long readBytes;

    BlockCache(long maxBytes) {
        newestLimit = maxBytes / 2;
        readLimit = maxBytes - newestLimit;
    }

    synchronized @Nullable Block get(long number) {
        Block block = newest.get(number);
        return block != null ? block : read.get(number);
    }

    /** Adds the block at the head. */
    synchronized void addNewest(Block block) {
        newest.put(block.number(), block);
        newestInOrder.addLast(block);
        newestBytes += block.weight();
        while (newestBytes > newestLimit && !newestInOrder.isEmpty()) {
            Block oldest = newestInOrder.removeFirst();
            newest.remove(oldest.number());
            newestBytes -= oldest.weight();
        }
    }

    /** Adds a block that was read from the store. */
    synchronized void addRead(Block block) {
        if (newest.containsKey(block.number())) {
            return;
        }
        Block former = read.put(block.number(), block);
        readBytes += block.weight() - (former == null ? 0 : former.weight());
        var eldest = read.values().iterator();
        while (readBytes > readLimit && eldest.hasNext()) {
            readBytes -= eldest.next().weight();
            eldest.remove();
        }
    }

    synchronized long bytes() {
        return newestBytes + readBytes;
    }
}
