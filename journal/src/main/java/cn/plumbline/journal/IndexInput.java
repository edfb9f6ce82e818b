package cn.plumbline.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Reads what {@link IndexOutput} wrote, through a buffer of fixed size. All that can be wrong with it is an
 * {@link IOException}, whatever the file holds, and no number in it makes anybody allocate more than a few times its
 * size. Not for several threads.
 */
final class IndexInput {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int CHECKSUM_BYTES = 32;

    private final FileChannel channel;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    /** How much of the file is in the buffer or behind it. */
    private long taken;

    /** Begins at the start of the file. */
    IndexInput(FileChannel channel) throws IOException {
        this.channel = channel;
        end = channel.size() - CHECKSUM_BYTES;
    }

    /** Whether the file is what was written, all of it. Leaves the reading where it was. */
    boolean isWhole() throws IOException {
        if (end < 0) {
            return false;
        }
        MessageDigest sha256 = Sha256.digest();
        ByteBuffer part = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = 0; at < end; at += part.limit()) {
            fill(part, at, end);
            sha256.update(part.duplicate());
        }
        fill(part, end, end + CHECKSUM_BYTES);
        byte[] checksum = new byte[CHECKSUM_BYTES];
        part.get(checksum);
        return MessageDigest.isEqual(checksum, sha256.digest());
    }

    /** How many bytes are left. */
    long remaining() {
        return end - taken + buffer.remaining();
    }

    long readLong() throws IOException {
        if (buffer.remaining() >= Long.BYTES) {
            return buffer.getLong();
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (readByte() & 0xff);
        }
        return value;
    }

    long readVarint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("it holds a number of more than 64 bits");
    }

    /** A number in a range. */
    int readInt(int least, int most) throws IOException {
        long value = readVarint();
        if (value < least || value > most) {
            throw new IOException("it holds " + value + " where " + least + " to " + most + " can stand");
        }
        return (int) value;
    }

    /** How many things follow, of which each takes a byte at least. */
    int readCount() throws IOException {
        return readInt(0, (int) Math.min(Integer.MAX_VALUE, remaining()));
    }

    byte[] readBytes(int length) throws IOException {
        if (length > remaining()) {
            throw new IOException("it ends too early");
        }
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            refill();
            int count = Math.min(length - at, buffer.remaining());
            buffer.get(bytes, at, count);
            at += count;
        }
        return bytes;
    }

    String readText() throws IOException {
        return new String(readBytes(readCount()), StandardCharsets.UTF_8);
    }

    private byte readByte() throws IOException {
        refill();
        return buffer.get();
    }

    private void refill() throws IOException {
        if (buffer.hasRemaining()) {
            return;
        }
        if (taken >= end) {
            throw new IOException("it ends too early");
        }
        fill(buffer, taken, end);
        taken += buffer.limit();
    }

    /** Fills the buffer, or as much of it as there is up to a place in the file. */
    private void fill(ByteBuffer into, long from, long upTo) throws IOException {
        into.clear().limit((int) Math.min(into.capacity(), upTo - from));
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position()) < 0) {
                throw new IOException("it was cut off while it was read");
            }
        }
        into.flip();
    }
}
