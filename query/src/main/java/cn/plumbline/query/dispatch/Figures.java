package cn.plumbline.query.dispatch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Rates and averages as they are shown: two decimals, half up. */
final class Figures {

    private static final int DECIMALS = 2;

    private Figures() {}

    /** Per cent of a whole, null of nothing. */
    static @Nullable BigDecimal percent(int part, int whole) {
        return ratio(100L * part, whole);
    }

    /** A quotient, null by zero. */
    static @Nullable BigDecimal ratio(long dividend, long divisor) {
        return divisor == 0
                ? null
                : BigDecimal.valueOf(dividend).divide(BigDecimal.valueOf(divisor), DECIMALS, RoundingMode.HALF_UP);
    }
}
