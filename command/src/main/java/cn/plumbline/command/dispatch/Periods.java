package cn.plumbline.command.dispatch;

import cn.plumbline.command.FieldError;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body's period must be. */
final class Periods {

    private Periods() {}

    /** An end is after its start. */
    static List<FieldError> faults(LocalDate from, @Nullable LocalDate to) {
        return to == null || to.isAfter(from)
                ? List.of()
                : List.of(new FieldError("/effectiveTo", "NOT_AFTER_START", "失效日期须晚于生效日期", "Not after effectiveFrom"));
    }
}
