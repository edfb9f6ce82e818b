package cn.plumbline.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets the writers of a store that does not block append. */
final class ReactiveWriters {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ReactiveWriters() {}

    /**
     * Runs all writers to their end.
     *
     * @param writers how many
     * @param more asked before each append of a writer
     * @param append stores the next event, or events, of a writer
     * @return how many appends were acknowledged
     */
    static long run(int writers, IntPredicate more, IntFunction<? extends Publisher<?>> append) {
        LongAdder acknowledged = new LongAdder();
        Flux.range(0, writers)
                .flatMap(
                        writer -> turns(writer, more)
                                .concatMap(
                                        turn -> Mono.from(append.apply(writer))
                                                .doOnSuccess(done -> acknowledged.increment())
                                                .then(),
                                        0),
                        writers)
                .blockLast(LIMIT);
        return acknowledged.sum();
    }

    /** Asks before each append, and no sooner. */
    private static Flux<Integer> turns(int writer, IntPredicate more) {
        return Flux.generate(sink -> {
            if (more.test(writer)) {
                sink.next(writer);
            } else {
                sink.complete();
            }
        });
    }
}
