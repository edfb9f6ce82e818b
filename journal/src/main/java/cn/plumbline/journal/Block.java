package cn.plumbline.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The events of one group commit as they are stored: one document, written once.
 */
final class Block {

    /** The only format there is. */
    static final int FORMAT = 1;

    private static final int OVERHEAD_BYTES = 160;

    private final long number;
    private final long first;
    private final Instant at;
    private final String node;
    private final byte[] data;
    private final byte[] root;
    private final int[] frameOffsets;

    private Block(long number, long first, Instant at, String node, byte[] data, byte[] root, int[] frameOffsets) {
        this.number = number;
        this.first = first;
        this.at = at;
        this.node = node;
        this.data = data;
        this.root = root;
        this.frameOffsets = frameOffsets;
    }

    static Block of(long number, long first, Instant at, String node, List<PreparedEvent> events, byte[] root) {
        int[] offsets = new int[events.size()];
        int size = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = size;
            size += events.get(i).frame().length;
        }
        byte[] data = new byte[size];
        for (int i = 0; i < offsets.length; i++) {
            byte[] frame = events.get(i).frame();
            System.arraycopy(frame, 0, data, offsets[i], frame.length);
        }
        return new Block(number, first, at, node, data, root, offsets);
    }

    /**
     * A block that was read.
     *
     * @throws JournalCorrupted if its frames do not fill its data
     */
    static Block read(long number, long first, int count, Instant at, String node, byte[] data, byte[] root) {
        if (count < 1 || count > data.length) {
            throw new JournalCorrupted("Block " + number + " claims to hold " + count + " events", null);
        }
        int[] offsets = new int[count];
        int next = 0;
        try {
            for (int i = 0; i < count; i++) {
                offsets[i] = next;
                int length = new FrameReader(data, next).readInt();
                if (length < 0) {
                    throw new JournalCorrupted("Block " + number + " holds a frame of negative length", null);
                }
                next = Math.addExact(next, Integer.BYTES + length);
            }
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            throw new JournalCorrupted("Block " + number + " ends within a frame", e);
        }
        if (next != data.length) {
            throw new JournalCorrupted("The frames of block " + number + " do not fill it", null);
        }
        return new Block(number, first, at, node, data, root, offsets);
    }

    long number() {
        return number;
    }

    long first() {
        return first;
    }

    long last() {
        return first + frameOffsets.length - 1;
    }

    int count() {
        return frameOffsets.length;
    }

    Instant at() {
        return at;
    }

    String node() {
        return node;
    }

    byte[] data() {
        return data;
    }

    byte[] root() {
        return root;
    }

    /** Bytes of memory, roughly. */
    int weight() {
        return OVERHEAD_BYTES + data.length + Integer.BYTES * frameOffsets.length;
    }

    /** Whether both are the same block: their tree heads cover random salts, so equal heads mean equal events. */
    boolean isSameAs(Block other) {
        return number == other.number && Arrays.equals(root, other.root);
    }

    /** A keyed hash over all that is stored; who does not know the key cannot make another block that has the same. */
    long fingerprint(TagHash hash) {
        ByteBuffer all = ByteBuffer.allocate(5 * Long.BYTES + root.length);
        all.putLong(number).putLong(first).putLong(at.toEpochMilli());
        all.putLong(hash.of(node.getBytes(StandardCharsets.UTF_8)));
        all.putLong(hash.of(data)).put(root);
        return hash.of(all.array());
    }

    /**
     * Decodes one event.
     *
     * @throws JournalCorrupted if its frame is unreadable
     */
    StoredEvent event(long position) {
        int index = Math.toIntExact(position - first);
        int from = frameOffsets[index] + Integer.BYTES;
        int to = index + 1 < frameOffsets.length ? frameOffsets[index + 1] : data.length;
        try {
            return new StoredEvent(position, at, Arrays.copyOfRange(data, from, to));
        } catch (RuntimeException e) {
            throw new JournalCorrupted("The event at position " + position + " is unreadable", e);
        }
    }
}
