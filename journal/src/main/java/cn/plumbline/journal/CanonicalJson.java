package cn.plumbline.journal;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one form of a JSON value that is hashed (RFC 8785): no space, names in order of their UTF-16 units, numbers as
 * ECMAScript prints a double, the shortest escapes. A number that a double would change is refused, not rounded.
 */
final class CanonicalJson {

    private static final JsonMapper READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalJson() {}

    /**
     * Brings a value into canonical form.
     *
     * @param json one JSON value in UTF-8
     * @return its canonical form; the same array if it has that form
     * @throws IllegalArgumentException if it is not one JSON value of the kind that RFC 8785 can represent
     */
    static byte[] of(byte[] json) {
        if (CanonicalScanner.isCanonical(json)) {
            return json;
        }
        Bytes out = new Bytes(json.length + 16);
        write(out, parse(json));
        return out.toArray();
    }

    private static JsonNode parse(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            JsonNode node = READER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IllegalArgumentException("A payload is one JSON value, not nothing");
            }
            return node;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A payload is JSON in well-formed UTF-8", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A payload is one well-formed JSON value: " + e.getOriginalMessage(), e);
        }
    }

    private static void write(Bytes out, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(out, node);
            case ARRAY -> writeArray(out, node);
            case STRING -> quote(out, node.stringValue());
            case NUMBER -> out.putAscii(number(node.decimalValue()));
            case BOOLEAN -> out.putAscii(node.booleanValue() ? "true" : "false");
            case NULL -> out.putAscii("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("Not JSON: " + node.getNodeType());
        }
    }

    private static void writeObject(Bytes out, JsonNode node) {
        List<String> names = new ArrayList<>(node.propertyNames());
        names.sort(null);
        out.put('{');
        String separator = "";
        for (String name : names) {
            out.putAscii(separator);
            quote(out, name);
            out.put(':');
            write(out, node.get(name));
            separator = ",";
        }
        out.put('}');
    }

    private static void writeArray(Bytes out, JsonNode node) {
        out.put('[');
        String separator = "";
        for (JsonNode element : node) {
            out.putAscii(separator);
            write(out, element);
            separator = ",";
        }
        out.put(']');
    }

    static String number(BigDecimal value) {
        double asDouble = value.doubleValue();
        if (Double.isInfinite(asDouble)) {
            throw new IllegalArgumentException("A number is out of the range of a double");
        }
        String text = print(asDouble);
        if (new BigDecimal(text).compareTo(value) != 0) {
            throw new IllegalArgumentException("A double cannot hold this number as it is written; use a string");
        }
        return text;
    }

    static String print(double value) {
        try {
            return NumberToJSON.serializeNumber(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a JSON number: " + value, e);
        }
    }

    /**
     * Writes a text as a JSON string.
     *
     * @throws IllegalArgumentException if a surrogate stands alone in it
     */
    static void quote(Bytes out, String text) {
        out.put('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                out.put(c);
            } else if (c < 0x80) {
                escape(out, c);
            } else if (c < 0x800) {
                out.put(0xc0 | (c >> 6));
                out.put(0x80 | (c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                out.put(0xe0 | (c >> 12));
                out.put(0x80 | ((c >> 6) & 0x3f));
                out.put(0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                supplementary(out, Character.toCodePoint(c, text.charAt(++i)));
            } else {
                throw new IllegalArgumentException("A text is not well-formed Unicode: a surrogate stands alone");
            }
        }
        out.put('"');
    }

    private static void supplementary(Bytes out, int codePoint) {
        out.put(0xf0 | (codePoint >> 18));
        out.put(0x80 | ((codePoint >> 12) & 0x3f));
        out.put(0x80 | ((codePoint >> 6) & 0x3f));
        out.put(0x80 | (codePoint & 0x3f));
    }

    private static void escape(Bytes out, char c) {
        switch (c) {
            case '"' -> out.putAscii("\\\"");
            case '\\' -> out.putAscii("\\\\");
            case '\b' -> out.putAscii("\\b");
            case '\t' -> out.putAscii("\\t");
            case '\n' -> out.putAscii("\\n");
            case '\f' -> out.putAscii("\\f");
            case '\r' -> out.putAscii("\\r");
            default -> {
                out.putAscii("\\u00");
                out.put(HEX[c >> 4]);
                out.put(HEX[c & 0xf]);
            }
        }
    }
}
