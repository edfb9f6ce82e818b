package cn.plumbline.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How many events a contender stores in a second. */
final class Rate {

    private static final double NANOS_PER_SECOND = 1e9;

    private Rate() {}

    /**
     * Lets writers append as fast as they are acknowledged.
     *
     * @param writers how many at once
     * @param duration how long
     * @return acknowledged events a second
     */
    static double of(Contender contender, int writers, Duration duration) {
        LongAdder acknowledged = new LongAdder();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        Flux.range(0, writers)
                .flatMap(
                        writer -> contender
                                .append(writer)
                                .doOnSuccess(done -> acknowledged.add(contender.eventsPerAppend()))
                                .then(Mono.just(writer))
                                .repeat(() -> System.nanoTime() < end)
                                .then(),
                        writers)
                .then()
                .block(duration.plusMinutes(1));
        return acknowledged.sum() * NANOS_PER_SECOND / (System.nanoTime() - start);
    }
}
