package cn.plumbline.command.facts;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A half-open period of days.
 *
 * @param from the first day in
 * @param to the first day out; null when it is open
 */
public record Period(LocalDate from, @Nullable LocalDate to) {

    /** Open from a day on. */
    public static Period from(LocalDate day) {
        return new Period(day, null);
    }

    /** Whether no day is in it. */
    public boolean isEmpty() {
        return to != null && !from.isBefore(to);
    }

    /** Whether the day is in it. */
    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && (to == null || day.isBefore(to));
    }

    /** Whether some day is in both. */
    public boolean overlaps(Period other) {
        return !isEmpty() && !other.isEmpty() && other.endsAfter(from) && endsAfter(other.from);
    }

    /** Whether every day of the other is in it. */
    public boolean covers(Period other) {
        return !other.from.isBefore(from) && (to == null || (other.to != null && !other.to.isAfter(to)));
    }

    /** Whether it reaches past the day: that day, or a later one, is not after its end. */
    public boolean endsAfter(LocalDate day) {
        return to == null || to.isAfter(day);
    }

    /** Whether it would be cut by ending it on the day: the day is after its start and before its end. */
    public boolean canEndOn(LocalDate day) {
        return from.isBefore(day) && endsAfter(day);
    }

    /** The same start with another end. */
    public Period until(LocalDate end) {
        return new Period(from, end);
    }
}
