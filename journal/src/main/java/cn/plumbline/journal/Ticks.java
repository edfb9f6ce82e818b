package cn.plumbline.journal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Time limits for calls to the database without a timer for each of them, which would wake a thread for each: one clock
 * ticks for all. A limit of so many ticks passes up to one tick late.
 */
final class Ticks {

    private final Duration period;
    private final Set<Limit> limits = ConcurrentHashMap.newKeySet();

    private record Limit(MonoSink<?> caller, int ticks, AtomicInteger left) {}

    Ticks(Duration period) {
        this.period = period;
    }

    /** Starts the clock; until then no limit passes. */
    Disposable start(Scheduler scheduler) {
        long millis = Math.max(1, period.toMillis());
        return scheduler.schedulePeriodically(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (Limit limit : limits) {
            if (limit.left.getAndDecrement() == 0) {
                limit.caller.error(new JournalUnavailable(
                        "The database did not answer in " + period.multipliedBy(limit.ticks), null));
            }
        }
    }

    /** The call, or {@link JournalUnavailable} when it has taken so many ticks, and it is cancelled. */
    <T> Mono<T> limit(Mono<T> call, int count) {
        return Mono.firstWithSignal(call, passing(count));
    }

    /** Fails after so many ticks; forgotten when it is cancelled. */
    private <T> Mono<T> passing(int count) {
        return Mono.create(caller -> {
            Limit limit = new Limit(caller, count, new AtomicInteger(count));
            limits.add(limit);
            var unused = caller.onDispose(() -> limits.remove(limit));
        });
    }
}
