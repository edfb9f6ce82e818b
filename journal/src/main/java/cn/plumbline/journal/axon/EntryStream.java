package cn.plumbline.journal.axon;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/**
 * A Flux as Axon reads it: the one place where the journal's streams are subscribed to on Axon's behalf. Holds at most
 * {@link #BUFFER} entries that have not been read; closing it cancels the subscription. The callback runs after each
 * arrival and at the end, without any lock, and so never too seldom.
 */
final class EntryStream implements MessageStream<EventMessage> {

    private static final int BUFFER = 256;
    private static final int REPLENISH = BUFFER / 4;

    private final Queue<Entry<EventMessage>> entries = new ConcurrentLinkedQueue<>();
    private final Source source = new Source();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile @Nullable Runnable callback;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    private EntryStream() {}

    static EntryStream of(Flux<Entry<EventMessage>> flux) {
        EntryStream stream = new EntryStream();
        flux.subscribe(stream.source);
        return stream;
    }

    @Override
    public Optional<Entry<EventMessage>> next() {
        Entry<EventMessage> entry = entries.poll();
        if (entry != null && taken.incrementAndGet() % REPLENISH == 0) {
            source.request(REPLENISH);
        }
        return Optional.ofNullable(entry);
    }

    @Override
    public Optional<Entry<EventMessage>> peek() {
        return Optional.ofNullable(entries.peek());
    }

    @Override
    public void setCallback(Runnable newCallback) {
        callback = newCallback;
        if (ended || !entries.isEmpty()) {
            newCallback.run();
        }
    }

    @Override
    public Optional<Throwable> error() {
        return entries.isEmpty() ? Optional.ofNullable(failure) : Optional.empty();
    }

    @Override
    public boolean isCompleted() {
        return ended && entries.isEmpty();
    }

    @Override
    public boolean hasNextAvailable() {
        return !entries.isEmpty();
    }

    @Override
    public void close() {
        source.cancel();
    }

    private void end(@Nullable Throwable reason) {
        failure = reason;
        ended = true;
        ring();
    }

    private void ring() {
        Runnable current = callback;
        if (current != null) {
            current.run();
        }
    }

    private final class Source extends BaseSubscriber<Entry<EventMessage>> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(BUFFER);
        }

        @Override
        protected void hookOnNext(Entry<EventMessage> entry) {
            entries.add(entry);
            try {
                ring();
            } catch (RuntimeException e) { // Axon's contract: a callback that throws ends the stream
                cancel();
                end(e);
            }
        }

        @Override
        protected void hookOnComplete() {
            end(null);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            end(Failures.translate(throwable));
        }
    }
}
