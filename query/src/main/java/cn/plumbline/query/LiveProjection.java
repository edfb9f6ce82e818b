package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Registry.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.util.retry.Retry;

/**
 * A projection's documents as they are now: takes the batches of the processor, answers queries between them, and can be
 * built anew beside itself.
 */
final class LiveProjection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProjection.class);

    /** A failed batch is tried again for about five seconds, in which a database comes back from a new election. */
    private static final Retry RETRY = Retry.backoff(6, Duration.ofMillis(100))
            .maxBackoff(Duration.ofSeconds(2))
            .onRetryExhaustedThrow((spec, last) -> last.failure());

    /** How often one who waits for a position looks whether the journal has moved on without events for the view. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /** How many positions a rebuild may lag behind when it takes over; folded in a fraction of a second. */
    private static final long NEAR = 1_000;

    private final Projection projection;
    private final Set<String> types;
    private final EventSource source;
    private final Registry registry;
    private final Folding folding;
    private final Replay replay;
    private final Gate gate;
    private final Sinks.Many<Long> flushes = Sinks.many().multicast().directBestEffort();
    private final AtomicReference<@Nullable Mono<Void>> rebuilding = new AtomicReference<>();

    /** Set while the gate is held exclusively, or before the first use. */
    private volatile State state;

    private volatile @Nullable Failure failure;

    private LiveProjection(Projection projection, EventSource source, Registry registry, State state) {
        this.projection = projection;
        this.types = projection.types();
        this.source = source;
        this.registry = registry;
        this.folding = new Folding(projection, source);
        this.replay = new Replay(projection, source);
        this.gate = new Gate(projection.name());
        this.state = state;
    }

    /**
     * The documents in use and up to which position they are complete. The position is the last event's of the last
     * batch, so it may stand before events that do not concern the projection.
     */
    private record State(DocumentStore store, Entry entry, long applied) {}

    /** Why the last batch could not be applied, and since when none could. */
    record Failure(Instant since, String message) {}

    /** Opens what is registered, or builds it: at the first start, after a new version, or when it was lost. */
    static Mono<LiveProjection> open(Projection projection, EventSource source, Registry registry) {
        return registry.find()
                .flatMap(entry -> registry.dropLeftovers(entry.collection()).thenReturn(entry))
                .filter(entry -> entry.version() == projection.version())
                .flatMap(entry -> {
                    DocumentStore store = registry.store(entry.collection());
                    return store.position().map(applied -> new State(store, entry, applied));
                })
                .switchIfEmpty(Mono.defer(() -> build(projection, source, registry)))
                .map(state -> new LiveProjection(projection, source, registry, state));
    }

    private static Mono<State> build(Projection projection, EventSource source, Registry registry) {
        DocumentStore store = registry.store(registry.firstName());
        Entry entry = new Entry(projection.version(), store.name(), 1);
        return Mono.defer(() -> {
            long head = source.head();
            LOG.info("Building {} from {} events", store.name(), head);
            return store.drop()
                    .then(new Replay(projection, source).run(store, 0, head))
                    .then(replaceEntry(registry, entry))
                    .thenReturn(new State(store, entry, head));
        });
    }

    private static Mono<Void> replaceEntry(Registry registry, Entry entry) {
        return registry.find()
                .map(Entry::collection)
                .defaultIfEmpty(entry.collection())
                .flatMap(old -> {
                    Mono<Void> put = registry.put(entry);
                    return old.equals(entry.collection())
                            ? put
                            : put.then(registry.store(old).drop());
                });
    }

    Projection projection() {
        return projection;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** Completes when the batch is in the documents, and in the database. Events that are in it already are passed. */
    Mono<Void> apply(List<? extends Recorded<? extends DomainEvent>> batch) {
        return gate.exclusive(Mono.defer(() -> applyAlone(batch)))
                .doOnError(this::failed)
                .retryWhen(RETRY)
                .doOnSuccess(done -> failure = null);
    }

    private Mono<Void> applyAlone(List<? extends Recorded<? extends DomainEvent>> batch) {
        State before = state;
        List<? extends Recorded<? extends DomainEvent>> fresh = batch.stream()
                .filter(event -> event.position() > before.applied())
                .toList();
        if (fresh.isEmpty()) {
            return Mono.empty();
        }
        return fillGap(before, fresh.getFirst().position())
                .then(Mono.defer(() -> folding.apply(before.store(), fresh)))
                .then(Mono.fromRunnable(() -> applied(before, fresh.getLast().position())));
    }

    /** A processor's token may be ahead of documents that were restored from an older copy. */
    private Mono<Void> fillGap(State before, long first) {
        OptionalLong next = source.next(types, before.applied());
        if (next.isEmpty() || next.getAsLong() >= first) {
            return Mono.empty();
        }
        LOG.info("{} lacks events from {} to {}, reading them again", projection.name(), next.getAsLong(), first - 1);
        return replay.run(before.store(), before.applied(), first - 1);
    }

    private void applied(State before, long position) {
        state = new State(before.store(), before.entry(), position);
        EmitResult emitted = flushes.tryEmitNext(position);
        if (emitted.isFailure() && emitted != EmitResult.FAIL_ZERO_SUBSCRIBER) {
            LOG.warn("{} could not tell that it moved to {}: {}", projection.name(), position, emitted);
        }
    }

    private void failed(Throwable error) {
        Failure earlier = failure;
        if (earlier == null) {
            LOG.warn("{} could not take a batch and tries again: {}", projection.name(), error.toString());
        }
        failure = new Failure(earlier == null ? Instant.now() : earlier.since(), error.toString());
    }

    /** Runs a query on the documents of one position, which it is told. */
    <T> Mono<T> read(Function<Reading, Mono<T>> query) {
        return gate.shared(Mono.defer(() -> query.apply(new Reading(Folding.documents(state.store()), position()))));
    }

    /**
     * What a query sees.
     *
     * @param position every event up to it that the projection handles is in the documents
     */
    record Reading(Documents documents, long position) {}

    /** The largest position up to which every event that the projection handles is applied. */
    long position() {
        // The head first: events that come in between count for the next question.
        long head = source.head();
        long applied = state.applied();
        OptionalLong next = source.next(types, applied);
        return next.isPresent() ? next.getAsLong() - 1 : Math.max(head, applied);
    }

    /** Runs a query if the documents hold exactly what was known at a position; empty if they do not. */
    <T> Mono<T> readAt(long position, Function<Reading, Mono<T>> query) {
        return gate.shared(Mono.defer(() -> state.applied() <= position && position() >= position
                ? query.apply(new Reading(Folding.documents(state.store()), position))
                : Mono.empty()));
    }

    /** A signal after every batch; a slow listener misses some, and then sees the latest. */
    Flux<Long> flushes() {
        return flushes.asFlux().onBackpressureLatest();
    }

    /** Completes with the position as soon as it has reached the given one. */
    Mono<Long> await(long position) {
        return Flux.merge(flushes(), Flux.interval(Duration.ZERO, LOOK).onBackpressureDrop())
                .map(signal -> position())
                .filter(reached -> reached >= position)
                .next();
    }

    /** Builds the documents anew beside those in use, then puts them in their place. Callers at one time share it. */
    Mono<Void> rebuild() {
        return Mono.defer(() -> {
            Mono<Void> fresh = Mono.defer(this::rebuildBeside)
                    .doFinally(signal -> rebuilding.set(null))
                    .cache();
            return Objects.requireNonNullElse(rebuilding.compareAndExchange(null, fresh), fresh);
        });
    }

    private Mono<Void> rebuildBeside() {
        State before = state;
        long generation = before.entry().generation() + 1;
        DocumentStore store = registry.store(registry.rebuiltName(generation));
        Entry entry = new Entry(projection.version(), store.name(), generation);
        LOG.info("Building {} beside {}", store.name(), before.store().name());
        return store.drop()
                .then(comeNear(store, 0))
                .flatMap(built -> gate.exclusive(Mono.defer(() -> takeOver(store, entry, built))));
    }

    /** Builds until little is left to do while queries and batches wait. */
    private Mono<Long> comeNear(DocumentStore store, long built) {
        long goal = state.applied();
        return goal - built <= NEAR
                ? Mono.just(built)
                : replay.run(store, built, goal).then(Mono.defer(() -> comeNear(store, goal)));
    }

    private Mono<Void> takeOver(DocumentStore store, Entry entry, long built) {
        State before = state;
        return replay.run(store, built, before.applied())
                .then(registry.put(entry))
                .then(Mono.fromRunnable(() -> state = new State(store, entry, before.applied())))
                .then(before.store().drop());
    }
}
