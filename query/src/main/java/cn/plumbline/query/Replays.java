package cn.plumbline.query;

import cn.plumbline.query.DocumentStore.Outdated;
import cn.plumbline.query.LiveProjection.Reading;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What a projection knew at past positions: for each position asked for, the documents folded up to it in a collection
 * of their own. The ones used last are kept; a later position starts from the nearest earlier one.
 */
final class Replays {

    /** How many are kept when nobody reads them. */
    static final int KEPT = 16;

    /** How many may be kept, read and waited for together. */
    private static final int TOGETHER = 128;

    /** Somebody may tidy up in the database at any time; what he dropped is built again. */
    private static final Retry DROPPED =
            Retry.max(2).filter(Outdated.class::isInstance).onRetryExhaustedThrow((spec, last) -> last.failure());

    private final String name;
    private final Registry registry;
    private final EventSource source;
    private final Set<String> types;
    private final Replay replay;

    /** One is built at a time, so that a flood of questions about the past leaves the present alone. */
    private final Gate turn;

    /** By position, the one used last at the end. Guarded by this object. */
    private final Map<Long, Past> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    Replays(Projection projection, EventSource source, Registry registry) {
        this.registry = registry;
        this.source = source;
        this.types = projection.types();
        this.replay = new Replay(projection, source);
        this.name = projection.name();
        this.turn = new Gate(name);
    }

    /** Runs a query on what was known at a position, not later than the journal's head. */
    <T> Mono<T> read(long position, Function<Reading, Mono<T>> query) {
        if (position == 0) {
            return query.apply(new Reading(Documents.none(), 0));
        }
        return Mono.usingWhen(
                        Mono.fromSupplier(() -> acquire(position)),
                        past -> past.ready
                                .then(Mono.defer(() -> query.apply(
                                        new Reading(Folding.documents(past.store, Long.MAX_VALUE), position))))
                                .doOnError(Outdated.class, dropped -> forget(past)),
                        past -> Mono.defer(() -> release(past)))
                .retryWhen(DROPPED);
    }

    private synchronized Past acquire(long position) {
        Past past = same(position).orElse(null);
        if (past == null) {
            if (kept.size() >= TOGETHER) {
                throw new QueriesOverloaded(name);
            }
            past = new Past(position, registry.store(registry.newReplayName(position)));
            kept.put(position, past);
        }
        past.users++;
        kept.get(past.position); // moves it to the end
        return past;
    }

    /** The one of the position, or one from which no event leads to it. */
    private Optional<Past> same(long position) {
        Past exact = kept.get(position);
        if (exact != null) {
            return Optional.of(exact);
        }
        return earlier(position).filter(past -> {
            OptionalLong next = source.next(types, past.position);
            return next.isEmpty() || next.getAsLong() > position;
        });
    }

    private Optional<Past> earlier(long position) {
        return kept.values().stream()
                .filter(past -> past.built && past.position < position)
                .max(Comparator.comparingLong(past -> past.position));
    }

    private synchronized @Nullable Past acquireEarlier(long position) {
        Past past = earlier(position).orElse(null);
        if (past != null) {
            past.users++;
        }
        return past;
    }

    private Mono<Void> release(Past past) {
        return Flux.fromIterable(released(past))
                .concatMap(old -> old.store.drop())
                .then();
    }

    private synchronized List<Past> released(Past past) {
        past.users--;
        List<Past> old = kept.values().stream()
                .filter(each -> each.built && each.users == 0)
                .limit(Math.max(0, kept.size() - KEPT))
                .toList();
        old.forEach(each -> kept.remove(each.position));
        return old;
    }

    private synchronized boolean abandoned(Past past) {
        return past.users == 0 && kept.remove(past.position, past);
    }

    private synchronized void forget(Past past) {
        kept.remove(past.position, past);
    }

    private Mono<Void> build(Past past) {
        if (abandoned(past)) {
            return Mono.error(new CancellationException("nobody waits for position " + past.position));
        }
        Past start = acquireEarlier(past.position);
        if (start == null) {
            return past.store.begin().then(replay.run(past.store, 0, past.position));
        }
        return Mono.usingWhen(
                Mono.just(start),
                earlier -> past.store
                        .begin()
                        .then(earlier.store.copyTo(past.store))
                        .then(replay.run(past.store, earlier.position, past.position)),
                earlier -> Mono.defer(() -> release(earlier)));
    }

    /** How many collections there are. */
    synchronized int size() {
        return kept.size();
    }

    /** The documents at one position; its fields are guarded by the object around it. */
    private final class Past {

        private final long position;
        private final DocumentStore store;
        private final Mono<Void> ready;
        private int users;
        private boolean built;

        Past(long position, DocumentStore store) {
            this.position = position;
            this.store = store;
            this.ready = turn.exclusive(Mono.defer(() -> build(this)))
                    .then(Mono.<Void>fromRunnable(this::isBuilt))
                    .onErrorResume(error -> failed(error))
                    .cache();
        }

        private void isBuilt() {
            synchronized (Replays.this) {
                built = true;
            }
        }

        private Mono<Void> failed(Throwable error) {
            forget(this);
            return store.drop().onErrorComplete().then(Mono.error(error));
        }
    }
}
