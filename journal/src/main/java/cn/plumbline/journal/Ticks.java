package cn.plumbline.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Time limits for calls to the database without a timer for each of them, which would wake a thread for each: one clock
 * ticks for all. A limit of so many ticks passes up to one tick late.
 */
final class Ticks {

    private final Duration period;
    private final Sinks.Many<Duration> ticks = Sinks.many().multicast().directBestEffort();

    Ticks(Duration period) {
        this.period = period;
    }

    /** Starts the clock; until then no limit passes. */
    Disposable start(Scheduler scheduler) {
        long millis = Math.max(1, period.toMillis());
        return scheduler.schedulePeriodically(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        var unused = ticks.tryEmitNext(period); // nobody may be listening
    }

    /** The call, or {@link JournalUnavailable} when it has taken so many ticks, and it is cancelled. */
    <T> Mono<T> limit(Mono<T> call, int count) {
        return call.timeout(ticks.asFlux().skip(count))
                .onErrorMap(
                        TimeoutException.class,
                        failure -> new JournalUnavailable(
                                "The database did not answer in " + period.multipliedBy(count), failure));
    }
}
