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

    private static final Map<String, Message> MESSAGES = load();

    private RejectionMessages() {}

    /** One text in both languages. */
    public record Message(String zh, String en) {}

    /** The text of a code, or null when there is none. */
    public static @Nullable Message find(String code) {
        return MESSAGES.get(code);
    }

    /** The text of a code that has one; every rejection of the product does. */
    public static Message of(String code) {
        Message message = MESSAGES.get(code);
        if (message == null) {
            throw new IllegalArgumentException("no message for " + code);
        }
        return message;
    }

    /** Every code that has a text, in alphabetical order. */
    public static Set<String> codes() {
        return MESSAGES.keySet();
    }

    private static Map<String, Message> load() {
        try (InputStream json = RejectionMessages.class.getResourceAsStream("rejections.json")) {
            if (json == null) {
                throw new IllegalStateException("rejections.json is part of this module");
            }
            return Collections.unmodifiableMap(
                    EventJson.mapper().readValue(json, new TypeReference<TreeMap<String, Message>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
