package cn.plumbline.journal;

import java.util.Objects;

/**
 * Marks an event as a fact about one thing: {@code unit:002}. Criteria select events by their tags.
 *
 * @param key the kind of thing; not empty, without a colon
 * @param value the thing's id; any text
 */
public record Tag(String key, String value) {

    /** Refuses a key that is empty or holds a colon, because {@link #text()} could not be read back. */
    public Tag {
        Objects.requireNonNull(value, "value");
        if (key.isEmpty() || key.indexOf(':') >= 0) {
            throw new IllegalArgumentException("A tag's key is not empty and has no colon: '" + key + "'");
        }
    }

    /**
     * Reads the form that {@link #text()} writes.
     *
     * @param text key and value, joined by a colon
     * @return the tag
     */
    public static Tag parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A tag is key:value, not '" + text + "'");
        }
        return new Tag(text.substring(0, colon), text.substring(colon + 1));
    }

    /**
     * The tag as it stands in records.
     *
     * @return key and value, joined by a colon
     */
    public String text() {
        return key + ':' + value;
    }
}
