package cn.plumbline.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A label on an event by which decisions and histories find it, written {@code key:value} ({@code unit:002}).
 *
 * <p>The value is an id, never a name of a person; the parts of a composite value are joined by {@code ~}
 * ({@code rotation:G~2019Q2}).
 *
 * @param key lower-case letters
 * @param value not empty
 */
public record Tag(String key, String value) implements Comparable<Tag> {

    public Tag {
        if (key.isEmpty() || value.isEmpty() || key.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a tag: " + key + ":" + value);
        }
    }

    /**
     * Reads {@code key:value}; the first colon separates.
     *
     * @throws IllegalArgumentException when there is no colon, or an empty part
     */
    @JsonCreator
    public static Tag parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a tag is written key:value, not " + text);
        }
        return new Tag(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(Tag other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return key + ":" + value;
    }
}
