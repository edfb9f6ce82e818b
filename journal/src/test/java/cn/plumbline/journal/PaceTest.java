package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(Duration.ofMillis(75));

    private long[] pauses(long... blocks) {
        return LongStream.of(blocks).map(count -> pace.pause(count).toMillis()).toArray();
    }

    @Test
    void restsWhileNobodyElseAppends() {
        assertThat(pauses(0, 0, 0)).containsExactly(75, 75, 75);
    }

    @Test
    void looksSoonAgainAfterABlockAndThenLessAndLess() {
        assertThat(pauses(0, 1, 2, 2, 2, 2, 2, 5)).containsExactly(75, 10, 10, 20, 40, 75, 75, 10);
    }

    @Test
    void neverRestsLongerThanItMay() {
        assertThat(new Pace(Duration.ofMillis(4)).pause(1)).isEqualTo(Duration.ofMillis(4));
    }
}
