package cn.plumbline.web.views;

import cn.plumbline.query.EventSource;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewParameter;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.web.parameters.Parameters;
import cn.plumbline.web.problems.ProblemException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What a client asks of a view.
 *
 * @param waitFor the position that the answer must contain; empty for whatever the view has
 * @param waitTimeout how long the client waits for it
 * @param csv whether a table is wanted instead of JSON
 * @param language of the table's titles, where the parameter {@code lang} names one
 */
record Question(
        ViewRequest request,
        OptionalLong waitFor,
        Duration waitTimeout,
        boolean csv,
        @Nullable Locale language) {

    private static final int LIMIT_MAX = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    /**
     * Reads the question to a view's answer.
     *
     * @param csvAccepted whether the client takes nothing but a table, should the question not name a format
     */
    static Question once(
            ViewDefinition view,
            MultiValueMap<String, String> query,
            boolean csvAccepted,
            EventSource source,
            Clock clock) {
        List<String> names = names(view);
        names.addAll(List.of("waitFor", "waitTimeout", "format", "lang"));
        Parameters parameters = Parameters.of(query, names);
        return new Question(
                request(view, parameters, source, clock),
                parameters.position("waitFor"),
                parameters.seconds("waitTimeout", WAIT, WAIT_MAX),
                csv(view, parameters, csvAccepted),
                language(parameters));
    }

    /** Reads the question to a view's stream. */
    static ViewRequest live(ViewDefinition view, MultiValueMap<String, String> query, EventSource source, Clock clock) {
        return request(view, Parameters.of(query, names(view)), source, clock);
    }

    /** The position of {@code knownAt}, which is digits or an instant; empty when it is absent. */
    static OptionalLong knownAt(Parameters parameters, EventSource source) {
        String text = parameters.text("knownAt");
        if (text == null) {
            return OptionalLong.empty();
        }
        if (text.indexOf('T') >= 0 || text.indexOf('t') >= 0) {
            try {
                return OptionalLong.of(
                        source.positionAt(OffsetDateTime.parse(text).toInstant()));
            } catch (DateTimeException e) {
                throw Parameters.invalid(
                        "knownAt",
                        "须为位置或 RFC 3339 时刻（如 2015-12-30T08:00:00Z）",
                        "a position or an RFC 3339 instant, such as 2015-12-30T08:00:00Z");
            }
        }
        long position = Parameters.position("knownAt", text);
        if (position > source.head()) {
            throw Parameters.inFuture("knownAt", source.head());
        }
        return OptionalLong.of(position);
    }

    private static List<String> names(ViewDefinition view) {
        List<String> names = new ArrayList<>(List.of("asOf", "knownAt"));
        view.parameters().forEach(parameter -> names.add(parameter.name()));
        if (view.paged()) {
            names.addAll(List.of("limit", "after"));
        }
        return names;
    }

    private static ViewRequest request(ViewDefinition view, Parameters parameters, EventSource source, Clock clock) {
        Map<String, String> filters = new LinkedHashMap<>();
        for (ViewParameter parameter : view.parameters()) {
            String value = parameters.text(parameter.name());
            if (value != null) {
                filters.put(parameter.name(), value);
            }
        }
        return new ViewRequest(
                parameters.day("asOf", LocalDate.now(clock)),
                knownAt(parameters, source),
                filters,
                parameters.count("limit", 0, LIMIT_MAX),
                parameters.text("after"));
    }

    private static boolean csv(ViewDefinition view, Parameters parameters, boolean accepted) {
        String format = parameters.text("format");
        if (format == null && accepted) {
            if (view.table()) {
                return true;
            }
            throw ProblemException.of(406, "NOT_ACCEPTABLE")
                    .detail("该视图不是表格，只有 JSON", "This view is no table: JSON only");
        }
        if (format == null || format.equals("json")) {
            return false;
        }
        if (format.equals("csv") && view.table()) {
            return true;
        }
        throw Parameters.invalid("format", view.table() ? "须为 json 或 csv" : "须为 json", "json, or csv for a table");
    }

    private static @Nullable Locale language(Parameters parameters) {
        return switch (parameters.text("lang")) {
            case null -> null;
            case "zh", "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
            case "en" -> Locale.ENGLISH;
            default -> throw Parameters.invalid("lang", "须为 zh 或 en", "zh or en");
        };
    }
}
