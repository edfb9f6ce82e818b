package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link FrameWriter} wrote, one value after the other; an array's end is met with an unchecked exception. */
final class FrameReader {

    private final byte[] data;
    private int at;

    FrameReader(byte[] data, int at) {
        this.data = data;
        this.at = at;
    }

    int position() {
        return at;
    }

    int readInt() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (data[at++] & 0xff);
        }
        return value;
    }

    long readLong() {
        return ((long) readInt() << Integer.SIZE) | (readInt() & 0xffffffffL);
    }

    int readVarint() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = data[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("A number of more than 32 bits");
    }

    String readText() {
        int length = readVarint();
        String text = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] readBytes(int length) {
        byte[] bytes = Arrays.copyOfRange(data, at, Math.addExact(at, length));
        at += length;
        return bytes;
    }
}
