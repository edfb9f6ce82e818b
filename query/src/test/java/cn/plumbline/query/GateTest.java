package cn.plumbline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class GateTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Gate gate = new Gate("test");

    @Test
    void aWriterIsAlone() {
        AtomicInteger writers = new AtomicInteger();
        AtomicInteger readers = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Flux.range(0, 2_000)
                .flatMap(
                        i -> i % 5 == 0
                                ? gate.exclusive(Mono.fromRunnable(() -> {
                                            if (writers.incrementAndGet() != 1 || readers.get() != 0) {
                                                wrong.add("a writer met " + writers + " and " + readers);
                                            }
                                        })
                                        .delaySubscription(Duration.ofNanos(1_000))
                                        .doOnTerminate(writers::decrementAndGet))
                                : gate.shared(Mono.fromRunnable(() -> {
                                            readers.incrementAndGet();
                                            if (writers.get() != 0) {
                                                wrong.add("a reader met a writer");
                                            }
                                        })
                                        .doOnTerminate(readers::decrementAndGet)),
                        100)
                .then()
                .block(LIMIT);
        assertThat(wrong).isEmpty();
    }

    @Test
    void readersComeInTogether() {
        Sinks.Empty<Void> inside = Sinks.empty();
        Disposable first = gate.shared(inside.asMono()).subscribe();
        StepVerifier.create(gate.shared(Mono.just("second")))
                .expectNext("second")
                .expectComplete()
                .verify(LIMIT);
        first.dispose();
    }

    @Test
    void aWriterThatWaitsGoesBeforeLaterReaders() {
        Sinks.Empty<Void> inside = Sinks.empty();
        Queue<String> order = new ConcurrentLinkedQueue<>();
        Disposable first = gate.shared(inside.asMono()).subscribe();
        Mono<Void> writer = gate.exclusive(Mono.<Void>fromRunnable(() -> order.add("writer")))
                .cache();
        Mono<Void> reader =
                gate.shared(Mono.<Void>fromRunnable(() -> order.add("reader"))).cache();
        Disposable waiting = writer.subscribe();
        Disposable later = reader.subscribe();
        inside.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        Mono.when(writer, reader).block(LIMIT);
        assertThat(order).containsExactly("writer", "reader");
        assertThat(first.isDisposed()).isTrue();
        waiting.dispose();
        later.dispose();
    }

    @Test
    void whoGivesUpLeavesNoTrace() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Mono<Long> work = Mono.delay(Duration.ofMillis(random.nextInt(3)));
            Disposable one = (random.nextBoolean() ? gate.exclusive(work) : gate.shared(work)).subscribe();
            if (random.nextBoolean()) {
                one.dispose();
            }
        }
        assertThat(gate.exclusive(Mono.just("free")).block(LIMIT))
                .as("seed %d", seed)
                .isEqualTo("free");
    }

    @Test
    void failuresLeaveToo() {
        StepVerifier.create(gate.exclusive(Mono.error(new IllegalStateException("broken"))))
                .expectErrorMessage("broken")
                .verify(LIMIT);
        assertThat(gate.exclusive(Mono.just("free")).block(LIMIT)).isEqualTo("free");
    }
}
