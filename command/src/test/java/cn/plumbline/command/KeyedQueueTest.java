package cn.plumbline.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {

    private final KeyedQueue queue = new KeyedQueue(1_000, Runnable::run);

    @Test
    void workThatSharesAKeyRunsInTheOrderOfArrival() {
        List<String> started = new ArrayList<>();
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> a = queue.submit(Set.of("x"), () -> {
            started.add("a");
            return first;
        });
        CompletableFuture<String> b = queue.submit(Set.of("x", "y"), () -> done(started, "b"));
        CompletableFuture<String> c = queue.submit(Set.of("y"), () -> done(started, "c"));
        CompletableFuture<String> d = queue.submit(Set.of("z"), () -> done(started, "d"));
        assertThat(started).containsExactly("a", "d");
        first.complete("a");
        assertThat(started).containsExactly("a", "d", "b", "c");
        assertThat(List.of(a, b, c, d)).allMatch(CompletableFuture::isDone);
        assertThat(queue.keys()).isZero();
    }

    @Test
    void failedWorkLetsTheNextGo() {
        CompletableFuture<String> failed =
                queue.submit(Set.of("x"), () -> CompletableFuture.failedFuture(new IllegalStateException("no")));
        CompletableFuture<String> thrown = queue.submit(Set.of("x"), () -> {
            throw new IllegalStateException("no");
        });
        CompletableFuture<String> next = queue.submit(Set.of("x"), () -> CompletableFuture.completedFuture("yes"));
        assertThat(failed).isCompletedExceptionally();
        assertThat(thrown).isCompletedExceptionally();
        assertThat(next).isCompletedWithValue("yes");
        assertThat(queue.keys()).isZero();
    }

    @Test
    void aFullQueueTurnsAway() {
        KeyedQueue small = new KeyedQueue(1, Runnable::run);
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> taken = small.submit(Set.of("x"), () -> first);
        CompletableFuture<String> refused = small.submit(Set.of("y"), () -> CompletableFuture.completedFuture("b"));
        assertThatThrownBy(refused::join).hasCauseInstanceOf(CommandsOverloadedException.class);
        first.complete("a");
        assertThat(taken).isCompletedWithValue("a");
        assertThat(small.submit(Set.of("y"), () -> CompletableFuture.completedFuture("b")))
                .isCompletedWithValue("b");
    }

    @Test
    void manyThreadsOnCrossingKeysAllFinish() throws Exception {
        KeyedQueue crossing = new KeyedQueue(10_000, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        List<Integer> inside = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Integer>> all = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i ->
                        crossing.submit(Set.copyOf(List.of("k" + i % 7, "k" + (i * 3) % 7, "k" + (i * 5) % 7)), () -> {
                            inside.add(i);
                            return CompletableFuture.completedFuture(i);
                        }))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(inside).hasSize(2_000);
        assertThat(crossing.keys()).isZero();
    }

    private static CompletableFuture<String> done(List<String> started, String name) {
        started.add(name);
        return CompletableFuture.completedFuture(name);
    }
}
