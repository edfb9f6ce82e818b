package cn.plumbline.journal;

import java.io.IOException;
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

    /** Reads a directory of so many blocks, which hold the positions up to the given one. */
    static BlockDirectory read(IndexInput in, int blocks, int upTo) throws IOException {
        BlockDirectory directory = new BlockDirectory();
        int first = 0;
        long at = in.readLong();
        directory.latestMicros = in.readLong();
        for (int block = 0; block < blocks; block++) {
            first += in.readInt(1, upTo - first);
            at += in.readVarint();
            directory.latestMicros += in.readVarint();
            directory.add(first, at, in.readLong(), (short) in.readInt(0, Short.MAX_VALUE));
        }
        if (directory.first(1) != 1) {
            throw new IOException("its first block does not begin with the first event");
        }
        return directory;
    }

    /** Writes the first so many blocks, one at least. */
    void write(IndexOutput out, int blocks) throws IOException {
        int first = 0;
        long at = page(1).atMillis[0];
        long latest = page(1).latestMicros[0];
        out.putLong(at);
        out.putLong(latest);
        for (int block = 1; block <= blocks; block++) {
            Page page = page(block);
            int slot = slot(block);
            out.putVarint(page.first[slot] - first);
            out.putVarint(page.atMillis[slot] - at);
            out.putVarint(page.latestMicros[slot] - latest);
            out.putLong(page.fingerprint[slot]);
            out.putVarint(page.kib[slot]);
            first = page.first[slot];
            at = page.atMillis[slot];
            latest = page.latestMicros[slot];
        }
    }

    /**
     * @param latestMicrosInBlock the latest time of an event in the block
     * @param fingerprint by which the block is known again
     */
    void add(Block block, long latestMicrosInBlock, long fingerprint) {
        latestMicros = Math.max(latestMicros, latestMicrosInBlock);
        int kib = Math.min(Short.MAX_VALUE, (block.weight() + KIB - 1) / KIB);
        add((int) block.first(), block.at().toEpochMilli(), fingerprint, (short) kib);
    }

    private void add(int first, long atMillis, long fingerprint, short kib) {
        Page[] current = pages;
        if (count == current.length * PAGE_SIZE) {
            current = Arrays.copyOf(current, current.length + 1);
            current[current.length - 1] = new Page();
            pages = current;
        }
        Page page = current[count / PAGE_SIZE];
        int slot = count % PAGE_SIZE;
        page.first[slot] = first;
        page.atMillis[slot] = atMillis;
        page.latestMicros[slot] = latestMicros;
        page.fingerprint[slot] = fingerprint;
        page.kib[slot] = kib;
        count++;
    }

    /** Whether a block that was read again is the one that was added before. */
    boolean isAsSeen(Block block, TagHash tagHash) {
        long number = block.number();
        return block.first() == first(number)
                && block.at().equals(at(number))
                && block.fingerprint(tagHash) == page(number).fingerprint[slot(number)];
    }

    long first(long block) {
        return page(block).first[slot(block)];
    }

    Instant at(long block) {
        return Instant.ofEpochMilli(page(block).atMillis[slot(block)]);
    }

    /** The latest time of an event up to the end of the block. */
    long latestMicros(long block) {
        return page(block).latestMicros[slot(block)];
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
            if (at(middle).isAfter(instant)) {
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
            if (latestMicros(middle) >= micros) {
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
