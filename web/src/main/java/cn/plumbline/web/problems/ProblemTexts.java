package cn.plumbline.web.problems;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Rejection;
import cn.plumbline.events.RejectionMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** What people read of a code. The texts of the doors' own codes stand in a resource file beside this class, those of
 * rejections with the rejections. */
final class ProblemTexts {

    private static final SortedMap<String, Text> OWN = load();

    private ProblemTexts() {}

    /**
     * The texts of one code.
     *
     * @param status the status with which the code is told
     * @param advice what the caller can do about it
     */
    record Text(int status, Message message, Message advice) {}

    /** Has all texts read. */
    static void ready() {
        var unused = message("");
    }

    /** The codes of the doors themselves, in alphabetical order. */
    static SortedMap<String, Text> own() {
        return OWN;
    }

    /** The text of a code, or null when nothing has it. */
    static @Nullable Message find(String code) {
        Text own = OWN.get(code);
        if (own != null) {
            return own.message();
        }
        RejectionMessages.Message rejection = RejectionMessages.find(code);
        return rejection == null ? null : new Message(rejection.zh(), rejection.en());
    }

    /** The text of a code; the code itself where it has none, since a refusal must not fail for the lack of words. */
    static Message message(String code) {
        Message found = find(code);
        return found == null ? new Message(code, code) : found;
    }

    /** What a rejection says in its case. */
    static Message message(Rejection rejection) {
        RejectionMessages.Message told = OWN.containsKey(rejection.code()) ? null : RejectionMessages.find(rejection);
        return told == null ? message(rejection.code()) : new Message(told.zh(), told.en());
    }

    private static SortedMap<String, Text> load() {
        try (InputStream json = ProblemTexts.class.getResourceAsStream("problems_messages.json")) {
            if (json == null) {
                throw new IllegalStateException("problems_messages.json is part of this module");
            }
            Map<String, Line> lines = EventJson.mapper().readValue(json, new TypeReference<>() {});
            SortedMap<String, Text> texts = new TreeMap<>();
            lines.forEach((code, line) -> texts.put(code, line.text()));
            return Collections.unmodifiableSortedMap(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Line(int status, String zh, String en, String zhAdvice, String enAdvice) {

        Text text() {
            return new Text(status, new Message(zh, en), new Message(zhAdvice, enAdvice));
        }
    }
}
