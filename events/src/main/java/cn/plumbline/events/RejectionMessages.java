package cn.plumbline.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** What people read of a rejection, by its code, in Chinese and English. The texts stand in a resource file. */
public final class RejectionMessages {

    private static final Map<String, Text> TEXTS = load();

    private RejectionMessages() {}

    /** One text in both languages. */
    public record Message(String zh, String en) {}

    /**
     * The text of a code.
     *
     * @param cases what it means in certain cases, by their names; null where it always means the same
     */
    private record Text(String zh, String en, @Nullable Map<String, Message> cases) {

        Message message() {
            return new Message(zh, en);
        }

        Message message(@Nullable String name) {
            Message one = name == null || cases == null ? null : cases.get(name);
            return one == null ? message() : one;
        }
    }

    /** The text of a code, or null when there is none. */
    public static @Nullable Message find(String code) {
        Text text = TEXTS.get(code);
        return text == null ? null : text.message();
    }

    /** What a rejection says in its case, or null when its code has no text here. */
    public static @Nullable Message find(Rejection rejection) {
        Text text = TEXTS.get(rejection.code());
        return text == null ? null : text.message(rejection.tellingCase());
    }

    /** The text of a code that has one; every rejection of the product does. */
    public static Message of(String code) {
        Message message = find(code);
        if (message == null) {
            throw new IllegalArgumentException("no message for " + code);
        }
        return message;
    }

    /** Every code that has a text, in alphabetical order. */
    public static Set<String> codes() {
        return TEXTS.keySet();
    }

    private static Map<String, Text> load() {
        try (InputStream json = RejectionMessages.class.getResourceAsStream("rejections.json")) {
            if (json == null) {
                throw new IllegalStateException("rejections.json is part of this module");
            }
            return Collections.unmodifiableMap(
                    EventJson.mapper().readValue(json, new TypeReference<TreeMap<String, Text>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
