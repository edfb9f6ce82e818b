package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class BellTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Bell bell = new Bell(Schedulers.parallel());

    @Test
    void wakesThoseWhoWait() {
        StepVerifier.create(bell.await(() -> false))
                .then(bell::ring)
                .expectComplete()
                .verify(LIMIT);
        assertThat(bell.waiting()).isZero();
    }

    @Test
    void doesNotLetThoseWaitForWhomItHasRung() {
        StepVerifier.create(bell.await(() -> true)).expectComplete().verify(LIMIT);
        assertThat(bell.waiting()).isZero();
    }

    @Test
    void forgetsThoseWhoWentAway() {
        Disposable one = bell.await(() -> false).subscribe();
        Disposable two = bell.await(() -> false).subscribe();
        assertThat(bell.waiting()).isEqualTo(2);

        one.dispose();
        two.dispose();

        assertThat(bell.waiting()).isZero();
    }
}
