package cn.plumbline.query;

import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a view.
 *
 * @param asOf the day on which it was true
 * @param knownAt the position up to which events count; empty for all that the view has seen
 * @param filters by the names of the view's parameters
 * @param limit the most rows of a page; 0 for the view's default
 * @param after the cursor of the page before, null for the first page
 */
public record ViewRequest(
        LocalDate asOf,
        OptionalLong knownAt,
        Map<String, String> filters,
        int limit,
        @Nullable String after) {

    public ViewRequest {
        filters = Map.copyOf(filters);
    }

    /** A request for the first page of what the view knows. */
    public static ViewRequest of(LocalDate asOf, Map<String, String> filters) {
        return new ViewRequest(asOf, OptionalLong.empty(), filters, 0, null);
    }

    /** The same request about what was known at a position. */
    public ViewRequest knownAt(long position) {
        return new ViewRequest(asOf, OptionalLong.of(position), filters, limit, after);
    }

    /** A filter's value, null when it is absent. */
    public @Nullable String filter(String name) {
        return filters.get(name);
    }
}
