package cn.plumbline.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Readers together, a writer alone, in the order of their coming, without blocking a thread: so a query never sees half
 * of a batch, and nobody is starved.
 */
final class Gate {

    /** How many may wait; far more than a server's requests in flight, so that only a jam reaches it. */
    private static final int WAITING_MAX = 10_000;

    private final String name;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private int readers;
    private boolean writer;

    Gate(String name) {
        this.name = name;
    }

    /** Runs the work beside other readers. */
    <T> Mono<T> shared(Mono<T> work) {
        return through(work, false);
    }

    /** Runs the work when nobody else is inside. */
    <T> Mono<T> exclusive(Mono<T> work) {
        return through(work, true);
    }

    private <T> Mono<T> through(Mono<T> work, boolean exclusive) {
        // The hop keeps the work off the thread of whoever left, which may be the database driver's.
        return Mono.usingWhen(
                enter(exclusive),
                ticket -> work.subscribeOn(Schedulers.parallel()),
                ticket -> Mono.fromRunnable(ticket::leave));
    }

    private Mono<Ticket> enter(boolean exclusive) {
        return Mono.<Ticket>create(sink -> {
                    Ticket ticket = new Ticket(sink, exclusive);
                    if (queue(ticket)) {
                        admit();
                    } else {
                        ticket.sink.error(new QueriesOverloaded(name));
                    }
                })
                .doOnDiscard(Ticket.class, Ticket::leave);
    }

    private synchronized boolean queue(Ticket ticket) {
        return waiting.size() < WAITING_MAX && waiting.add(ticket);
    }

    private synchronized void abandon(Ticket ticket) {
        if (waiting.remove(ticket)) {
            ticket.left.set(true);
        } else {
            ticket.leave();
        }
        admit();
    }

    private void admit() {
        for (Ticket ticket = nextAdmitted(); ticket != null; ticket = nextAdmitted()) {
            ticket.sink.success(ticket);
        }
    }

    private synchronized @Nullable Ticket nextAdmitted() {
        Ticket first = waiting.peek();
        if (first == null || writer || (first.exclusive && readers > 0)) {
            return null;
        }
        waiting.remove();
        writer = first.exclusive;
        readers += first.exclusive ? 0 : 1;
        return first;
    }

    private synchronized void out(Ticket ticket) {
        if (ticket.exclusive) {
            writer = false;
        } else {
            readers--;
        }
    }

    /** One who waits or is inside. */
    private final class Ticket {

        private final MonoSink<Ticket> sink;
        private final boolean exclusive;
        private final AtomicBoolean left = new AtomicBoolean();

        Ticket(MonoSink<Ticket> sink, boolean exclusive) {
            this.sink = sink.onCancel(() -> abandon(this));
            this.exclusive = exclusive;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                out(this);
                admit();
            }
        }
    }
}
