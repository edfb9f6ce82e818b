package cn.plumbline.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets work that shares a key run one after the other, in the order of arrival, and all other work at once. Nothing
 * waits on a thread: a turn is the completion of a future.
 *
 * <p>A piece of work enters the queues of all its keys in one step, so of two pieces that share keys one stands before
 * the other in each of them, and no circle of waiting can arise. Bounded; a key is forgotten when nobody wants it.
 */
final class KeyedQueue {

    private final int waitingMax;
    private final Executor executor;
    private final Map<Object, CompletableFuture<@Nullable Void>> tails = new HashMap<>();
    private int waiting;

    /**
     * @param waitingMax how many pieces of work may be queued or under way
     * @param executor where work starts, never the thread that completed the work before it
     */
    KeyedQueue(int waitingMax, Executor executor) {
        this.waitingMax = waitingMax;
        this.executor = executor;
    }

    /**
     * Runs the work when everything before it that shares a key is done. Fails with {@link CommandsOverloadedException}
     * when the queue is full.
     */
    <T> CompletableFuture<T> submit(Set<?> keys, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        List<CompletableFuture<@Nullable Void>> before = new ArrayList<>();
        synchronized (tails) {
            if (waiting >= waitingMax) {
                return CompletableFuture.failedFuture(new CommandsOverloadedException(waitingMax));
            }
            waiting++;
            for (Object key : keys) {
                CompletableFuture<@Nullable Void> tail = tails.put(key, done);
                if (tail != null) {
                    before.add(tail);
                }
            }
        }
        return CompletableFuture.allOf(before.toArray(CompletableFuture<?>[]::new))
                .thenComposeAsync(turn -> work.get(), executor)
                .whenComplete((result, failure) -> leave(keys, done));
    }

    /** How many keys are held; none when nothing is queued. */
    int keys() {
        synchronized (tails) {
            return tails.size();
        }
    }

    private void leave(Set<?> keys, CompletableFuture<@Nullable Void> done) {
        synchronized (tails) {
            waiting--;
            keys.forEach(key -> tails.remove(key, done));
        }
        done.complete(null);
    }
}
