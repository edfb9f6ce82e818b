package cn.plumbline.command.facts;

import cn.plumbline.command.FieldError;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A quarter of a year, written {@code 2019Q2}. */
public record Quarter(int year, int number) {

    private static final Pattern FORM = Pattern.compile("(\\d{4})Q([1-4])");
    private static final int MONTHS = 3;

    /** The quarter that a text means, if it does. */
    public static Optional<Quarter> of(String text) {
        return Optional.of(FORM.matcher(text))
                .filter(matcher -> matcher.matches() && !text.startsWith("0000"))
                .map(matcher -> new Quarter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    /** The fault of a text that means none. */
    public static List<FieldError> faults(String text) {
        return of(text).isPresent()
                ? List.of()
                : List.of(new FieldError("/quarter", "NOT_A_QUARTER", "季度应写作2019Q2", "A quarter is written 2019Q2"));
    }

    /** Its days. */
    public Period period() {
        LocalDate first = LocalDate.of(year, (number - 1) * MONTHS + 1, 1);
        return new Period(first, first.plusMonths(MONTHS));
    }
}
