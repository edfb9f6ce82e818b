package cn.plumbline.web.parameters;

import cn.plumbline.web.problems.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of one request. A parameter without a value counts as absent, since forms send such. Every fault is a
 * {@link ProblemException} with status 400, code {@code BAD_PARAMETER}, and the parameter's name.
 */
public final class Parameters {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})s?");

    private final MultiValueMap<String, String> query;

    private Parameters(MultiValueMap<String, String> query) {
        this.query = query;
    }

    /**
     * Takes the query string's parameters.
     *
     * @param known the names that there are; any other is refused
     */
    public static Parameters of(MultiValueMap<String, String> query, Collection<String> known) {
        refuseUnknown(query, known);
        return new Parameters(query);
    }

    /** Refuses any parameter, for what takes none. */
    public static void none(MultiValueMap<String, String> query) {
        refuseUnknown(query, List.of());
    }

    private static void refuseUnknown(MultiValueMap<String, String> query, Collection<String> known) {
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw bad(name, "UNKNOWN", "没有参数 " + name, "There is no parameter " + name);
            }
        }
    }

    /** The values of a parameter that may be repeated. */
    public List<String> all(String name) {
        List<String> values = query.get(name);
        return values == null
                ? List.of()
                : values.stream()
                        .filter(value -> value != null && !value.isBlank())
                        .toList();
    }

    /** The value of a parameter that stands once, null when it is absent. */
    public @Nullable String text(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw bad(name, "REPEATED", "参数 " + name + " 只能出现一次", name + " may stand once only");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** A position: digits. */
    public OptionalLong position(String name) {
        String text = text(name);
        return text == null ? OptionalLong.empty() : OptionalLong.of(position(name, text));
    }

    /** The position that a text is; for one that came elsewhere than in the query string, such as in a header. */
    public static long position(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw invalid(name, "须为位置（数字）", "a position, in digits");
        }
        return Long.parseLong(text);
    }

    /** A number from 1 to {@code max}. */
    public int count(String name, int absent, int max) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) < 1 || Long.parseLong(text) > max) {
            throw invalid(name, "须为 1 至 " + max + " 的整数", "a number from 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    /** Whole seconds from 0 to {@code max}, written {@code 5} or {@code 5s}. */
    public Duration seconds(String name, Duration absent, Duration max) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        var matcher = SECONDS.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) > max.toSeconds()) {
            throw invalid(name, "须为 0 至 " + max.toSeconds() + " 秒", "0 to " + max.toSeconds() + " seconds");
        }
        return Duration.ofSeconds(Long.parseLong(matcher.group(1)));
    }

    /** A day, {@code 2015-11-13}. */
    public LocalDate day(String name, LocalDate absent) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // There is no such day: told below, like any other text that is not one.
        }
        throw invalid(name, "须为日期（如 2015-11-13）", "a day, such as 2015-11-13");
    }

    /** The problem of a value that is not what the parameter takes. */
    public static ProblemException invalid(String name, String zh, String en) {
        return bad(name, "INVALID", "参数 " + name + " " + zh, name + " is " + en);
    }

    /** The problem of a position after the last one. */
    public static ProblemException inFuture(String name, long head) {
        return ProblemException.of(400, "POSITION_IN_FUTURE")
                .with("parameter", name)
                .with("head", head)
                .detail("参数 " + name + " 超出最后位置 " + head, name + " lies beyond the last position, " + head);
    }

    private static ProblemException bad(String name, String reason, String zh, String en) {
        return ProblemException.of(400, "BAD_PARAMETER")
                .with("parameter", name)
                .with("reason", reason)
                .detail(zh, en);
    }
}
