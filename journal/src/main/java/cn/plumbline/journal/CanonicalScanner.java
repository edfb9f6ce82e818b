package cn.plumbline.journal;

import java.nio.charset.StandardCharsets;

/**
 * Tells in one pass over the bytes whether a JSON value is in canonical form already, as what our own code writes
 * mostly is. It may say no to a rare canonical value (escaped or non-ASCII names, deep nesting, unusual escapes), never
 * yes to another.
 */
final class CanonicalScanner {

    private static final int MAX_DEPTH = 64;
    /** Every integer of so many digits is a double and is printed without an exponent. */
    private static final int SAFE_DIGITS = 15;

    private final byte[] json;
    private int at;

    private CanonicalScanner(byte[] json) {
        this.json = json;
    }

    static boolean isCanonical(byte[] json) {
        CanonicalScanner scanner = new CanonicalScanner(json);
        return scanner.value(MAX_DEPTH) && scanner.at == json.length;
    }

    private int peek() {
        return at < json.length ? json[at] : -1;
    }

    private boolean skip(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '{' -> depth > 0 && object(depth - 1);
            case '[' -> depth > 0 && array(depth - 1);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!skip(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean object(int depth) {
        at++;
        if (skip('}')) {
            return true;
        }
        int previousStart = 0;
        int previousEnd = 0;
        boolean first = true;
        do {
            int start = at;
            if (!plainName()) {
                return false;
            }
            int end = at;
            if (!first && !isBefore(previousStart, previousEnd, start, end)) {
                return false;
            }
            first = false;
            previousStart = start;
            previousEnd = end;
            if (!skip(':') || !value(depth)) {
                return false;
            }
        } while (skip(','));
        return skip('}');
    }

    /** A name of printable ASCII without escapes, whose order by bytes is its order by UTF-16 units. */
    private boolean plainName() {
        if (!skip('"')) {
            return false;
        }
        while (at < json.length) {
            int c = json[at++];
            if (c == '"') {
                return true;
            }
            if (c < 0x20 || c == '\\') {
                return false;
            }
        }
        return false;
    }

    /** Compares two quoted names without their closing quotes, so that a prefix comes first. */
    private boolean isBefore(int start, int end, int otherStart, int otherEnd) {
        int length = Math.min(end - start, otherEnd - otherStart) - 1;
        for (int i = 1; i < length; i++) {
            int difference = json[start + i] - json[otherStart + i];
            if (difference != 0) {
                return difference < 0;
            }
        }
        return end - start < otherEnd - otherStart;
    }

    private boolean array(int depth) {
        at++;
        if (skip(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
        } while (skip(','));
        return skip(']');
    }

    private boolean string() {
        at++;
        while (at < json.length) {
            int c = json[at++];
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                if (!shortEscape()) {
                    return false;
                }
            } else if (c < 0) {
                if (!multiByte(c & 0xff)) {
                    return false;
                }
            } else if (c < 0x20) {
                return false;
            }
        }
        return false;
    }

    private boolean shortEscape() {
        int c = peek();
        at++;
        return c == '"' || c == '\\' || c == 'b' || c == 't' || c == 'n' || c == 'f' || c == 'r';
    }

    /** The rest of a well-formed UTF-8 sequence: shortest form, no surrogate, at most U+10FFFF. */
    private boolean multiByte(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return false;
        }
        if (lead < 0xe0) {
            return continuation(0x80, 0xbf);
        }
        if (lead < 0xf0) {
            return continuation(lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf) && continuation(0x80, 0xbf);
        }
        return continuation(lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf)
                && continuation(0x80, 0xbf)
                && continuation(0x80, 0xbf);
    }

    private boolean continuation(int low, int high) {
        if (at >= json.length) {
            return false;
        }
        int c = json[at++] & 0xff;
        return c >= low && c <= high;
    }

    private boolean number() {
        int start = at;
        boolean negative = skip('-');
        int firstDigit = at;
        digits();
        int count = at - firstDigit;
        if (count == 0 || (count > 1 && json[firstDigit] == '0')) {
            return false;
        }
        if (peek() != '.' && peek() != 'e' && peek() != 'E') {
            return count <= SAFE_DIGITS && !(negative && json[firstDigit] == '0');
        }
        return fraction(start);
    }

    private boolean fraction(int start) {
        if (skip('.')) {
            digits();
        }
        if (skip('e')) {
            if (!skip('+') && !skip('-')) {
                return false;
            }
            digits();
        }
        String token = new String(json, start, at - start, StandardCharsets.US_ASCII);
        if (token.length() > 32 || token.endsWith(".") || token.endsWith("+") || token.endsWith("-")) {
            return false;
        }
        double value = Double.parseDouble(token);
        return !Double.isInfinite(value) && token.equals(CanonicalJson.print(value));
    }

    private void digits() {
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
    }
}
