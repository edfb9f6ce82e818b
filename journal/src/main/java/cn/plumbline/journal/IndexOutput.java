package cn.plumbline.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Numbers and bytes on their way into an index file, through a buffer of fixed size. Not for several threads. */
final class IndexOutput {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int VARINT_BYTES = 10;

    private final WritableByteChannel channel;
    private final MessageDigest sha256 = Sha256.digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

    IndexOutput(WritableByteChannel channel) {
        this.channel = channel;
    }

    void putLong(long value) throws IOException {
        ensure(Long.BYTES);
        buffer.putLong(value);
    }

    /** Seven bits a byte, low ones first, the top bit set on all but the last. */
    void putVarint(long value) throws IOException {
        ensure(VARINT_BYTES);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    /** At most as many bytes as the buffer takes. */
    void put(byte[] bytes) throws IOException {
        ensure(bytes.length);
        buffer.put(bytes);
    }

    void putText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putVarint(bytes.length);
        put(bytes);
    }

    /** Writes what is left, and behind it the SHA-256 of all. */
    void finish() throws IOException {
        drain();
        buffer.put(sha256.digest());
        drain();
    }

    private void ensure(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            drain();
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        sha256.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            var unused = channel.write(buffer);
        }
        buffer.clear();
    }
}
