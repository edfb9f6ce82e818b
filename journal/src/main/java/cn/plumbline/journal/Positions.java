package cn.plumbline.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Ascending positions. One thread adds, any thread reads; what a reader finds is a prefix.
 */
final class Positions {

    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(Positions.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int[] items;
    /** Set after the item, so that whoever sees the size sees the items. */
    @SuppressWarnings("UnusedVariable") // accessed by its handle
    private int size;

    Positions(int... first) {
        items = first;
        SIZE.setRelease(this, first.length);
    }

    /** Reads so many, none of them above the given position. */
    static Positions read(IndexInput in, int count, int upTo) throws IOException {
        int[] items = new int[count];
        int last = 0;
        for (int i = 0; i < count; i++) {
            last += in.readInt(1, upTo - last);
            items[i] = last;
        }
        return new Positions(items);
    }

    /** Writes the first so many, each as its distance to the one before. */
    void write(IndexOutput out, int count) throws IOException {
        int[] current = items;
        int last = 0;
        for (int i = 0; i < count; i++) {
            out.putVarint(current[i] - last);
            last = current[i];
        }
    }

    /** Adding the last one again changes nothing. */
    void add(int position) {
        int count = size();
        int[] current = items;
        if (count > 0 && current[count - 1] == position) {
            return;
        }
        if (count == current.length) {
            current = Arrays.copyOf(current, count + Math.max(2, count >> 2));
            items = current;
        }
        current[count] = position;
        SIZE.setRelease(this, count + 1);
    }

    int size() {
        return (int) SIZE.getAcquire(this);
    }

    int get(int index) {
        return items[index];
    }

    /** Index of the first one above the given position; the size if there is none. */
    int indexAfter(int position) {
        int count = size();
        int[] current = items;
        int low = 0;
        int high = count;
        if (count > 0 && current[count - 1] <= position) {
            return count;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (current[middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean contains(int position) {
        int index = indexAfter(position - 1);
        return index < size() && items[index] == position;
    }
}
