package cn.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Lets the writers of a store that blocks append, each on a thread of its own. */
public final class Writers {

    private Writers() {}

    /**
     * Runs all writers to their end.
     *
     * @param writers how many
     * @param more asked before each append of a writer
     * @param append stores the next event of a writer
     * @return how many events were stored
     */
    public static long blocking(int writers, IntPredicate more, IntConsumer append) {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                counts.add(threads.submit(() -> {
                    long count = 0;
                    while (more.test(writer)) {
                        append.accept(writer);
                        count++;
                    }
                    return count;
                }));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A writer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
