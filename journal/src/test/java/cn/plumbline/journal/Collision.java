package cn.plumbline.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import reactor.core.publisher.Mono;

/** Starts tasks at the same instant and tells what became of each. */
final class Collision {

    private Collision() {}

    /** Exactly one of the two is there. */
    record Outcome<T>(T value, Throwable failure) {
        boolean succeeded() {
            return failure == null;
        }
    }

    static <T> List<Outcome<T>> collide(int tasks, Duration limit, IntFunction<Mono<T>> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks);
        ExecutorService threads = Executors.newFixedThreadPool(tasks);
        try {
            List<Callable<Outcome<T>>> calls = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                calls.add(() -> {
                    start.await(limit.toMillis(), TimeUnit.MILLISECONDS);
                    return outcome(task.apply(number), limit);
                });
            }
            List<Outcome<T>> outcomes = new ArrayList<>();
            for (Future<Outcome<T>> future : threads.invokeAll(calls, 2 * limit.toMillis(), TimeUnit.MILLISECONDS)) {
                outcomes.add(future.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Outcome<T> outcome(Mono<T> mono, Duration limit) {
        return mono.map(value -> new Outcome<T>(value, null))
                .onErrorResume(failure -> Mono.just(new Outcome<>(null, failure)))
                .block(limit);
    }
}
