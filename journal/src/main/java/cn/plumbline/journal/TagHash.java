package cn.plumbline.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * SipHash-2-4 under a secret key: ids are chosen by clients, and nobody shall be able to choose two that collide.
 */
class TagHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long key0;
    private final long key1;

    TagHash(byte[] key) {
        this((long) LONGS.get(key, 0), (long) LONGS.get(key, Long.BYTES));
    }

    private TagHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static TagHash read(IndexInput in) throws IOException {
        return new TagHash(in.readLong(), in.readLong());
    }

    /** The key, which is a secret, and so is what it is written into. */
    void write(IndexOutput out) throws IOException {
        out.putLong(key0);
        out.putLong(key1);
    }

    /** Under a key that nobody knows. */
    static TagHash random() {
        byte[] key = new byte[2 * Long.BYTES];
        new SecureRandom().nextBytes(key);
        return new TagHash(key);
    }

    final long of(Tag tag) {
        return of(tag.text().getBytes(StandardCharsets.UTF_8));
    }

    long of(byte[] text) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int words = text.length / Long.BYTES;
        for (int i = 0; i <= words; i++) {
            long word = i < words ? (long) LONGS.get(text, i * Long.BYTES) : lastWord(text, words * Long.BYTES);
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        v2 ^= 0xff;
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long lastWord(byte[] text, int from) {
        long word = (long) text.length << 56;
        for (int i = from; i < text.length; i++) {
            word |= (text[i] & 0xffL) << ((i - from) * Byte.SIZE);
        }
        return word;
    }
}
