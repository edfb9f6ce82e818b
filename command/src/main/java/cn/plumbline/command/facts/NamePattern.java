package cn.plumbline.command.facts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An organ's rule for names: literal text in which {@code *} stands for one or more characters and {@code [x]} for
 * text that may be absent; a name is matched whole.
 *
 * <p>Matching walks the name once and keeps the set of places in the pattern where it may be, so the time is linear in
 * the name and no pattern can make it explode.
 */
public final class NamePattern {

    private static final int ANY = -1;

    /** One code point, or {@link #ANY}, at each place; the place after the last is the end. */
    private final List<Integer> steps = new ArrayList<>();

    /** Where the optional text that begins at a place ends. */
    private final List<int[]> optional = new ArrayList<>();

    private NamePattern() {}

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when a bracket is not closed, or empty, or inside another one, or the pattern is
     *     blank
     */
    public static NamePattern of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a pattern says something");
        }
        NamePattern pattern = new NamePattern();
        int opened = -1;
        for (int c : normalized(text).codePoints().toArray()) {
            if (c == '[' && opened < 0) {
                opened = pattern.steps.size();
            } else if (c == ']' && opened >= 0 && opened < pattern.steps.size()) {
                pattern.optional.add(new int[] {opened, pattern.steps.size()});
                opened = -1;
            } else if (c == '[' || c == ']') {
                throw new IllegalArgumentException("brackets do not match");
            } else {
                pattern.steps.add(c == '*' ? ANY : c);
            }
        }
        if (opened >= 0) {
            throw new IllegalArgumentException("a bracket is open");
        }
        return pattern;
    }

    /** Whether a text is a pattern. */
    public static boolean isPattern(String text) {
        try {
            return !of(text).steps.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the whole name follows the pattern. */
    public boolean matches(String name) {
        BitSet places = new BitSet();
        places.set(0);
        skipOptional(places);
        for (int c : normalized(name).codePoints().toArray()) {
            places = after(places, c);
            skipOptional(places);
        }
        return places.get(steps.size());
    }

    private BitSet after(BitSet places, int c) {
        BitSet next = new BitSet();
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            if (place < steps.size() && (steps.get(place) == ANY || steps.get(place) == c)) {
                next.set(place + 1);
            }
            if (place > 0 && steps.get(place - 1) == ANY) {
                next.set(place);
            }
        }
        return next;
    }

    /** In the order of their beginnings, so that one optional text may follow another. */
    private void skipOptional(BitSet places) {
        for (int[] part : optional) {
            if (places.get(part[0])) {
                places.set(part[1]);
            }
        }
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
