package cn.plumbline.query.dispatch;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A half-open period of days.
 *
 * @param from the first day in
 * @param to the first day out, null while it is open
 */
record Period(LocalDate from, @Nullable LocalDate to) {

    boolean contains(LocalDate day) {
        return contains(from, to, day);
    }

    static boolean contains(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate day) {
        return from != null && !day.isBefore(from) && (to == null || day.isBefore(to));
    }

    /** Whether the period begins before the day and reaches past it, so that it can end on it. */
    static boolean canEnd(LocalDate from, @Nullable LocalDate to, LocalDate day) {
        return from.isBefore(day) && (to == null || to.isAfter(day));
    }

    static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
