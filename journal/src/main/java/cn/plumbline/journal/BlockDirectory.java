package cn.plumbline.journal;

import java.time.Instant;
import java.util.Arrays;

/**
 * Which block holds which positions, when it was recorded, how large it is, how it is known again. One thread adds; any thread asks about
 * blocks that were published to it after they were added.
 */
final class BlockDirectory {

    private static final int PAGE_SIZE = 1024;
    private static final int KIB = 1024;

    private static final class Page {
        private final int[] first = new int[PAGE_SIZE];
        private final long[] atMillis = new long[PAGE_SIZE];
        /** Latest time of an event up to the end of the block; ascending, other than the events' own times. */
        private final long[] latestMicros = new long[PAGE_SIZE];

        private final long[] fingerprint = new long[PAGE_SIZE];
        private final short[] kib = new short[PAGE_SIZE];
    }

    private volatile Page[] pages = new Page[0];
    private int count;
    private long latestMicros = Long.MIN_VALUE;

    /**
     * @param latestMicrosInBlock the latest time of an event in the block
     * @param fingerprint by which the block is known again
     */
    void add(Block block, long latestMicrosInBlock, long fingerprint) {
        Page[] current = pages;
        if (count == current.length * PAGE_SIZE) {
            current = Arrays.copyOf(current, current.length + 1);
            current[current.length - 1] = new Page();
            pages = current;
        }
        latestMicros = Math.max(latestMicros, latestMicrosInBlock);
        Page page = current[count / PAGE_SIZE];
        int slot = count % PAGE_SIZE;
        page.first[slot] = (int) block.first();
        page.atMillis[slot] = block.at().toEpochMilli();
        page.latestMicros[slot] = latestMicros;
        page.fingerprint[slot] = fingerprint;
        page.kib[slot] = (short) Math.min(Short.MAX_VALUE, (block.weight() + KIB - 1) / KIB);
        count++;
    }

    long first(long block) {
        return page(block).first[slot(block)];
    }

    long fingerprint(long block) {
        return page(block).fingerprint[slot(block)];
    }

    long weight(long block) {
        return (long) page(block).kib[slot(block)] * KIB;
    }

    /** The block that holds a position, among the first so many blocks. */
    long blockOf(long position, long blocks) {
        long low = 1;
        long high = blocks;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (first(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last of the first so many blocks that was recorded until then; 0 if none was. */
    long lastRecordedUntil(Instant instant, long blocks) {
        long low = 0;
        long high = blocks;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (Instant.ofEpochMilli(page(middle).atMillis[slot(middle)]).isAfter(instant)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** The first of so many blocks that holds an event of that time or a later one; one more than them if none does. */
    long firstWithTimeFrom(long micros, long blocks) {
        long low = 1;
        long high = blocks + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (page(middle).latestMicros[slot(middle)] >= micros) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Page page(long block) {
        return pages[(int) ((block - 1) / PAGE_SIZE)];
    }

    private static int slot(long block) {
        return (int) ((block - 1) % PAGE_SIZE);
    }
}
