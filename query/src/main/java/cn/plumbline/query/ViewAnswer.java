package cn.plumbline.query;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view's answer with what it stands on.
 *
 * @param view the view's name
 * @param version of the documents behind it
 * @param asOf the day asked for
 * @param knownAt the position asked for, null when it was not
 * @param position every event up to it that the view handles is in the answer
 * @param body the answer, a record; its fields stand beside these in JSON
 * @param totals the part of it that is not rows
 * @param rows the table
 * @param next the {@code after} of the next page, null on the last one
 */
public record ViewAnswer(
        String view,
        int version,
        LocalDate asOf,
        @Nullable Long knownAt,
        long position,
        Record body,
        Record totals,
        List<? extends Row> rows,
        @Nullable String next) {}
