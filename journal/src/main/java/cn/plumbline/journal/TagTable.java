package cn.plumbline.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Tag hash → positions. A hash that was seen once costs one slot of 12 bytes in an open-addressing table and no object;
 * from the second time on the slot points to a list. The table is cut into segments that grow apart from each other
 * and by an eighth, so that no growth takes long and few slots are free. One thread adds, any thread reads.
 */
final class TagTable {

    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int FIRST_CAPACITY = 16;
    private static final int LISTS_PER_PAGE = 1024;

    private final int segmentBits;
    private final AtomicReferenceArray<Slots> segments;
    private volatile Positions[][] lists = new Positions[0][];
    private int listCount;

    /**
     * @param segmentBits logarithm of the number of segments
     */
    TagTable(int segmentBits) {
        this(segmentBits, 0);
    }

    private TagTable(int segmentBits, int count) {
        this.segmentBits = segmentBits;
        segments = new AtomicReferenceArray<>(1 << segmentBits);
        for (int i = 0; i < segments.length(); i++) {
            segments.set(i, Slots.forCount(count));
        }
    }

    /** A small table, with room for so many hashes before it grows. */
    static TagTable withRoomFor(int count) {
        return new TagTable(0, count);
    }

    /**
     * Reads a table of positions up to the given one.
     *
     * @param segmentBits as it was written with
     */
    static TagTable read(IndexInput in, int segmentBits, int upTo) throws IOException {
        TagTable table = new TagTable(segmentBits);
        for (int segment = 0; segment < table.segments.length(); segment++) {
            int count = in.readCount();
            Slots slots = Slots.forCount(count);
            for (int i = 0; i < count; i++) {
                long hash = in.readLong();
                int slot = slots.find(hash);
                if (table.segment(hash) != segment || slots.values[slot] != 0) {
                    throw new IOException("it holds a tag twice or in a wrong place");
                }
                slots.put(slot, hash, table.readValue(in, upTo));
            }
            table.segments.set(segment, slots);
        }
        return table;
    }

    private int readValue(IndexInput in, int upTo) throws IOException {
        int size = in.readCount();
        if (size == 0) {
            throw new IOException("it holds a tag without events");
        }
        return size == 1 ? in.readInt(1, upTo) : -1 - newList(Positions.read(in, size, upTo));
    }

    /** Writes what there is up to a position that was published to this thread, whatever is added meanwhile. */
    void write(IndexOutput out, int upTo) throws IOException {
        for (int segment = 0; segment < segments.length(); segment++) {
            Slots slots = segments.get(segment);
            int count = 0;
            for (int slot = 0; slot < slots.values.length; slot++) {
                count += sizeUpTo(slots.value(slot), upTo) > 0 ? 1 : 0;
            }
            out.putVarint(count);
            for (int slot = 0; slot < slots.values.length; slot++) {
                int value = slots.value(slot);
                int size = sizeUpTo(value, upTo);
                if (size > 0) {
                    out.putLong(slots.hashes[slot]);
                    writeValue(out, value, size);
                }
            }
        }
    }

    private void writeValue(IndexOutput out, int value, int size) throws IOException {
        out.putVarint(size);
        if (value > 0) {
            out.putVarint(value);
        } else {
            list(-1 - value).write(out, size);
        }
    }

    private int sizeUpTo(int value, int upTo) {
        if (value >= 0) {
            return value != 0 && value <= upTo ? 1 : 0;
        }
        return list(-1 - value).indexAfter(upTo);
    }

    /** The positions of the events with this hash, or null if there is none. */
    @Nullable
    Positions find(long hash) {
        Slots slots = segments.get(segment(hash));
        int value = slots.value(slots.find(hash));
        if (value == 0) {
            return null;
        }
        return value > 0 ? new Positions(value) : list(-1 - value);
    }

    void add(long hash, int position) {
        int segment = segment(hash);
        Slots slots = segments.get(segment);
        int slot = slots.find(hash);
        int value = slots.values[slot];
        if (value == 0) {
            if (slots.isFull()) {
                slots = slots.grown();
                segments.set(segment, slots);
                slot = slots.find(hash);
            }
            slots.put(slot, hash, position);
        } else if (value < 0) {
            list(-1 - value).add(position);
        } else if (value != position) {
            VALUES.setRelease(slots.values, slot, -1 - newList(new Positions(value, position)));
        }
    }

    private int segment(long hash) {
        return segmentBits == 0 ? 0 : (int) (hash >>> (Long.SIZE - segmentBits));
    }

    private Positions list(int index) {
        return lists[index / LISTS_PER_PAGE][index % LISTS_PER_PAGE];
    }

    private int newList(Positions positions) {
        int index = listCount++;
        Positions[][] pages = lists;
        if (index / LISTS_PER_PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = new Positions[LISTS_PER_PAGE];
            lists = pages;
        }
        pages[index / LISTS_PER_PAGE][index % LISTS_PER_PAGE] = positions;
        return index;
    }

    /** Linear probing; value 0 = free, above 0 = the one position, below 0 = list -1 - value. */
    private static final class Slots {
        private static final int MAX_LOAD_PERCENT = 70;

        private final long[] hashes;
        private final int[] values;
        private final int limit;
        private int used;

        Slots(int capacity) {
            hashes = new long[capacity];
            values = new int[capacity];
            limit = limit(capacity);
        }

        /** With room for so many, as large as it would have grown by them. */
        static Slots forCount(int count) {
            int capacity = FIRST_CAPACITY;
            while (limit(capacity) < count) {
                capacity = grown(capacity);
            }
            return new Slots(capacity);
        }

        private static int limit(int capacity) {
            return (int) ((long) capacity * MAX_LOAD_PERCENT / 100);
        }

        private static int grown(int capacity) {
            return capacity + capacity / 8 + 4;
        }

        int value(int slot) {
            return (int) VALUES.getAcquire(values, slot);
        }

        boolean isFull() {
            return used >= limit;
        }

        /** The slot of a hash, or the free one where it belongs. */
        int find(long hash) {
            int capacity = hashes.length;
            int slot = (int) (((hash & 0xffffffffL) * capacity) >>> Integer.SIZE);
            while (true) {
                int value = value(slot);
                if (value == 0 || hashes[slot] == hash) {
                    return slot;
                }
                slot++;
                if (slot == capacity) {
                    slot = 0;
                }
            }
        }

        /** The value after the hash, so that a reader who sees the value sees whose it is. */
        void put(int slot, long hash, int value) {
            hashes[slot] = hash;
            VALUES.setRelease(values, slot, value);
            used++;
        }

        Slots grown() {
            Slots bigger = new Slots(grown(hashes.length));
            for (int i = 0; i < hashes.length; i++) {
                if (values[i] != 0) {
                    bigger.put(bigger.find(hashes[i]), hashes[i], values[i]);
                }
            }
            return bigger;
        }
    }
}
