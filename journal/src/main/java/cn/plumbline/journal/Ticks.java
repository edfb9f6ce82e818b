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
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();

    private record Call(MonoSink<?> caller, int limit, AtomicInteger ticksLeft) {}

    Ticks(Duration period) {
        this.period = period;
    }

    /** Starts the clock; until then no limit passes. */
    Disposable start(Scheduler scheduler) {
        long millis = Math.max(1, period.toMillis());
        return scheduler.schedulePeriodically(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (Call call : calls) {
            if (call.ticksLeft.getAndDecrement() == 0) {
                call.caller.error(new JournalUnavailable(
                        "The database did not answer in " + period.multipliedBy(call.limit), null));
            }
        }
    }

    /** The call, or {@link JournalUnavailable} when it has taken so many ticks, and it is cancelled. */
    <T> Mono<T> limit(Mono<T> call, int count) {
        return Mono.create(caller -> {
            Call limited = new Call(caller, count, new AtomicInteger(count));
            calls.add(limited);
            Disposable work = call.subscribe(caller::success, caller::error, caller::success);
            var unused = caller.onDispose(() -> {
                calls.remove(limited);
                work.dispose();
            });
        });
    }
}
