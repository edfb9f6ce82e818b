package cn.plumbline.web.pages;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As much of an ordered list as a page shows. A slice is asked for by the id that it comes after, not by a number, so
 * that its link still shows what follows that id when records have been added before it.
 *
 * @param next the id that the next slice comes after, null at the end of the list
 * @param begins whether the list begins here
 */
public record Slice<T>(List<T> rows, @Nullable String next, boolean begins) {

    /** How many rows a page shows of a list. */
    static final int ROWS_MAX = 100;

    /** The first of the rows that remain. */
    static <T> Slice<T> of(Stream<T> remaining, boolean begins, Function<T, String> id) {
        List<T> rows = remaining.limit(ROWS_MAX + 1L).toList();
        return rows.size() <= ROWS_MAX
                ? new Slice<>(rows, null, begins)
                : new Slice<>(rows.subList(0, ROWS_MAX), id.apply(rows.get(ROWS_MAX - 1)), begins);
    }

    /** What comes after an id in a list that is in the order of ids; its beginning where the id is empty. */
    static <T> Slice<T> after(String last, List<T> all, Function<T, String> id) {
        return of(all.stream().filter(row -> id.apply(row).compareTo(last) > 0), last.isEmpty(), id);
    }

    /** Whether the list has no more than this. */
    public boolean whole() {
        return begins && next == null;
    }
}
