package cn.plumbline.web.pages;

import cn.plumbline.query.EventSource;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The two times of a question, from a page's parameters: {@code asOf}, and {@code knownAt} (a position, or an instant)
 * or {@code knownTime} (a local date and time, as browsers send it).
 *
 * @param knownAt the position up to which events count; empty for all
 * @param knownPosition what to show in the field of the position, empty for now
 * @param knownTime what to show in the field of the time, empty for now
 * @param invalid the parameter that could not be read, null when all could
 */
record Moment(
        LocalDate asOf,
        OptionalLong knownAt,
        String knownPosition,
        String knownTime,
        @Nullable String invalid) {

    static Moment of(MultiValueMap<String, String> query, EventSource source, Clock clock) {
        LocalDate today = LocalDate.now(clock);
        String day = text(query, "asOf");
        String position = text(query, "knownAt");
        String time = text(query, "knownTime");
        String reading = "asOf";
        try {
            LocalDate asOf = day.isEmpty() ? today : LocalDate.parse(day);
            reading = "knownAt";
            if (!position.isEmpty()) {
                return new Moment(asOf, known(position, source), position, "", null);
            }
            reading = "knownTime";
            if (!time.isEmpty()) {
                OptionalLong at = OptionalLong.of(source.positionAt(
                        LocalDateTime.parse(time).atZone(clock.getZone()).toInstant()));
                return new Moment(asOf, at, "", time, null);
            }
            return new Moment(asOf, OptionalLong.empty(), "", "", null);
        } catch (DateTimeException | NumberFormatException e) {
            return new Moment(today, OptionalLong.empty(), "", "", reading);
        }
    }

    private static OptionalLong known(String text, EventSource source) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        return OptionalLong.of(
                digits
                        ? Long.parseLong(text)
                        : source.positionAt(OffsetDateTime.parse(text).toInstant()));
    }

    private static String text(MultiValueMap<String, String> query, String name) {
        String value = query.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
