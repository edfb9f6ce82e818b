package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.DocumentStore.Outdated;
import cn.plumbline.query.Registry.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
 *
 * <p>Several processes may share the documents. The one whose processor has the claim feeds them; the others see how far
 * they have got. A process that loses its claim without noticing stays harmless: whoever feeds the documents first takes
 * them over, and what another one writes after that fails. So nothing here depends on the claim.
 */
final class LiveProjection {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProjection.class);

    /** A failed batch is tried again for about five seconds, in which a database comes back from a new election. */
    private static final Retry RETRY = Retry.backoff(6, Duration.ofMillis(100))
            .maxBackoff(Duration.ofSeconds(2))
            .onRetryExhaustedThrow((spec, last) -> last.failure());

    /** Who was fenced off looks again after a moment, in which the other one may finish what it is at. */
    private static final Duration FENCED_PAUSE = Duration.ofMillis(20);

    private static final int FENCED_TRIES = 8;

    /** Documents that change faster than a query reads them: it reads again, for about a second. */
    private static final Retry OVERTAKEN = Retry.backoff(24, Duration.ofMillis(2))
            .maxBackoff(Duration.ofMillis(50))
            .filter(Outdated.class::isInstance)
            .onRetryExhaustedThrow((spec, last) -> last.failure());

    /** How often those who wait or follow look whether the position has moved, here or by another process. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** How many positions a rebuild may lag behind when it takes over; folded in a fraction of a second. */
    private static final long NEAR = 1_000;

    /** How many events of a gap are folded at a time. */
    private static final int GAP_EVENTS = 2_000;

    private final Projection projection;
    private final Set<String> types;
    private final EventSource source;
    private final Registry registry;
    private final Folding folding;
    private final Replay replay;
    private final Gate gate;
    private final Sinks.Many<Long> flushes = Sinks.many().multicast().directBestEffort();
    private final AtomicReference<@Nullable Mono<Void>> rebuilding = new AtomicReference<>();
    private final AtomicReference<State> state;

    /** When the documents last moved, or were looked at, by {@link System#nanoTime}. */
    private final AtomicLong looked = new AtomicLong(System.nanoTime());

    private volatile @Nullable Failure failure;

    private LiveProjection(Projection projection, EventSource source, Registry registry, Entry entry) {
        this.projection = projection;
        this.types = projection.types();
        this.source = source;
        this.registry = registry;
        this.folding = new Folding(projection, source);
        this.replay = new Replay(projection, source);
        this.gate = new Gate(projection.name());
        this.state = new AtomicReference<>(new State(registry.store(entry.collection()), entry, false));
    }

    /**
     * The documents in use and up to which position they are complete. The position is the last event's of the last
     * batch, so it may stand before events that do not concern the projection.
     *
     * @param mine whether this process has taken them over, as far as it knows
     */
    private record State(DocumentStore store, Entry entry, boolean mine) {

        long applied() {
            return entry.position();
        }
    }

    /** Why the last batch could not be applied, and since when none could. */
    record Failure(Instant since, String message) {}

    /** Opens what is registered, or builds it: at the first start, after a new version, or when it was lost. */
    static Mono<LiveProjection> open(Projection projection, EventSource source, Registry registry) {
        return new FirstBuild(projection, source, registry)
                .entry()
                .flatMap(registry::dropLeftovers)
                .map(entry -> new LiveProjection(projection, source, registry, entry));
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
        Retry fenced = Retry.backoff(FENCED_TRIES, FENCED_PAUSE)
                .filter(Outdated.class::isInstance)
                .doBeforeRetryAsync(signal -> refresh())
                .onRetryExhaustedThrow((spec, last) -> last.failure());
        return gate.exclusive(Mono.defer(() -> feed(batch)).retryWhen(fenced))
                .doOnError(this::failed)
                .retryWhen(RETRY)
                .doOnSuccess(done -> failure = null);
    }

    private Mono<Void> feed(List<? extends Recorded<? extends DomainEvent>> batch) {
        if (fresh(batch, now()).isEmpty()) {
            return Mono.empty();
        }
        return own().flatMap(own -> {
            List<? extends Recorded<? extends DomainEvent>> fresh = fresh(batch, own);
            return fresh.isEmpty()
                    ? Mono.empty()
                    : fillGap(own, fresh.getFirst().position()).then(Mono.defer(() -> flush(fresh)));
        });
    }

    private static List<? extends Recorded<? extends DomainEvent>> fresh(
            List<? extends Recorded<? extends DomainEvent>> batch, State before) {
        return batch.stream()
                .filter(event -> event.position() > before.applied())
                .toList();
    }

    /** The documents as this process may change them. */
    private Mono<State> own() {
        State now = now();
        return now.mine()
                ? Mono.just(now)
                : registry.takeOver()
                        .map(entry -> learn(entry, true))
                        .switchIfEmpty(Mono.error(this::lost))
                        .filter(State::mine)
                        .switchIfEmpty(Mono.error(() -> new Outdated(now.store().name())));
    }

    /** Adds events to documents that this process has taken over. */
    private Mono<Void> flush(List<? extends Recorded<? extends DomainEvent>> events) {
        State own = now();
        if (!own.mine()) {
            return Mono.error(new Outdated(own.store().name()));
        }
        long last = events.getLast().position();
        return folding.apply(own.store().shared(own.applied(), own.entry().epoch()), events)
                .then(Mono.defer(() -> registry.advance(own.entry(), last)))
                .flatMap(advanced -> advanced
                        ? Mono.just(learn(own.entry().at(last), true))
                        : Mono.error(new Outdated(own.store().name())))
                .doOnError(failed -> disown(own))
                .doOnCancel(() -> disown(own))
                .then();
    }

    /**
     * A write of which nobody knows whether it is still to come, in a lost connection for one, is the same as one of a
     * process that was replaced: it is fenced off by the next epoch.
     */
    private void disown(State own) {
        long epoch = own.entry().epoch();
        state.updateAndGet(now -> now.entry().epoch() == epoch ? new State(now.store(), now.entry(), false) : now);
    }

    /** A processor's token may be ahead of documents that were restored from an older copy. */
    private Mono<Void> fillGap(State own, long first) {
        OptionalLong next = source.next(types, own.applied());
        if (next.isEmpty() || next.getAsLong() >= first) {
            return Mono.empty();
        }
        LOG.info("{} lacks events from {} to {}, reading them again", projection.name(), next.getAsLong(), first - 1);
        return source.read(types, Set.of(), own.applied(), first - 1)
                .buffer(GAP_EVENTS)
                .concatMap(this::flush, 1)
                .then();
    }

    private State now() {
        return state.get();
    }

    /**
     * What the registry says, unless something later is known already.
     *
     * @param mine whether this process owns the entry's epoch, which a look at the registry may have seen before its
     *     owner was answered
     */
    private State learn(Entry entry, boolean mine) {
        if (entry.version() != projection.version()) {
            ViewReplaced replaced = new ViewReplaced(projection.name(), projection.version(), entry.version());
            failed(replaced);
            throw replaced;
        }
        DocumentStore store = registry.store(entry.collection());
        State before = state.getAndUpdate(old -> {
            boolean sameEpoch = old.entry().epoch() == entry.epoch();
            if (entry.isAfter(old.entry())) {
                return new State(store, entry, mine || (old.mine() && sameEpoch));
            }
            return mine && sameEpoch ? new State(old.store(), old.entry(), true) : old;
        });
        if (entry.isAfter(before.entry())) {
            failure = null;
            looked.set(System.nanoTime());
            tellMoved(entry.position());
        }
        return now();
    }

    private void tellMoved(long position) {
        EmitResult emitted = flushes.tryEmitNext(position);
        while (emitted == EmitResult.FAIL_NON_SERIALIZED) { // another thread is telling, which takes no time
            Thread.onSpinWait();
            emitted = flushes.tryEmitNext(position);
        }
        if (emitted.isFailure() && emitted != EmitResult.FAIL_ZERO_SUBSCRIBER) {
            LOG.debug("{} could not tell that it moved to {}: {}", projection.name(), position, emitted);
        }
    }

    private Outdated lost() {
        return new Outdated("the registration of " + projection.name());
    }

    private void failed(Throwable error) {
        Failure earlier = failure;
        if (earlier == null) {
            LOG.warn("{} could not take a batch and tries again: {}", projection.name(), error.toString());
        }
        failure = new Failure(earlier == null ? Instant.now() : earlier.since(), error.toString());
    }

    /** Learns what other processes have done with the documents. */
    private Mono<Void> refresh() {
        return registry.find()
                .map(entry -> learn(entry, false))
                .switchIfEmpty(Mono.error(this::lost))
                .then();
    }

    /** Learns it only where the journal has events that are not known to be in the documents. */
    private Mono<Void> refreshIfBehind() {
        return Mono.defer(() -> isBehind() ? refresh() : Mono.empty());
    }

    private boolean isBehind() {
        return source.next(types, now().applied()).isPresent();
    }

    /**
     * Looks at the registry when the documents are behind and have not moved for a while, by whomever; for all who wait
     * one looks. Says nothing.
     */
    private Mono<Long> look() {
        long last = looked.get();
        long now = System.nanoTime();
        return now - last >= LOOK.toNanos() / 2 && isBehind() && looked.compareAndSet(last, now)
                ? lookIfBehind().then(Mono.empty())
                : Mono.empty();
    }

    /** Learns what others have done where that can be learnt now; why it cannot, queries will say. */
    Mono<Void> lookIfBehind() {
        return refreshIfBehind()
                .doOnError(error -> LOG.debug("{} cannot be looked at", projection.name(), error))
                .onErrorComplete();
    }

    /** Runs a query on the documents of one position, which it is told. */
    <T> Mono<T> read(Function<Reading, Mono<T>> query) {
        Mono<T> reading = gate.shared(Mono.defer(() -> {
            State now = now();
            return query.apply(reading(now, position(now)));
        }));
        return orAgain(reading);
    }

    /** Reads what is known to be there; when it has moved on, what is there then. */
    private <T> Mono<T> orAgain(Mono<T> reading) {
        Mono<T> fresh = refresh().then(reading);
        return refreshIfBehind()
                .then(reading)
                .onErrorResume(Outdated.class, moved -> fresh.retryWhen(OVERTAKEN))
                .onErrorMap(Outdated.class, overtaken -> new QueriesOverloaded(projection.name()));
    }

    private static Reading reading(State now, long position) {
        return new Reading(Folding.documents(now.store(), now.applied()), position);
    }

    /**
     * What a query sees.
     *
     * @param position every event up to it that the projection handles is in the documents
     */
    record Reading(Documents documents, long position) {}

    /** The largest position up to which every event that the projection handles is applied. */
    long position() {
        return position(now());
    }

    private long position(State now) {
        // The head first: events that come in between count for the next question.
        long head = source.head();
        OptionalLong next = source.next(types, now.applied());
        return next.isPresent() ? next.getAsLong() - 1 : Math.max(head, now.applied());
    }

    /** Runs a query if the documents hold exactly what was known at a position; empty if they do not. */
    <T> Mono<T> readAt(long position, Function<Reading, Mono<T>> query) {
        return orAgain(gate.shared(Mono.defer(() -> {
            State now = now();
            return now.applied() <= position && position(now) >= position
                    ? query.apply(reading(now, position))
                    : Mono.empty();
        })));
    }

    /** A signal after every batch; a slow listener misses some, and then sees the latest. */
    Flux<Long> flushes() {
        Flux<Long> looking = Flux.interval(LOOK).onBackpressureDrop().concatMap(tick -> look(), 1);
        return Flux.merge(flushes.asFlux(), looking).onBackpressureLatest();
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
        return refresh().then(Mono.defer(() -> {
            State before = now();
            long generation = before.entry().generation() + 1;
            DocumentStore store = registry.store(registry.newName(generation));
            LOG.info("Building {} beside {}", store.name(), before.store().name());
            return store.begin()
                    .then(comeNear(store, 0))
                    .flatMap(built -> gate.exclusive(Mono.defer(() -> putInPlace(store, generation, built))));
        }));
    }

    /** Builds until little is left to do while queries and batches wait. */
    private Mono<Long> comeNear(DocumentStore store, long built) {
        return refreshIfBehind().then(Mono.defer(() -> {
            long goal = now().applied();
            return goal - built <= NEAR
                    ? Mono.just(built)
                    : replay.run(store, built, goal).then(comeNear(store, goal));
        }));
    }

    /** Takes the documents in use over, so that they stand still; where somebody takes them back, begins again. */
    private Mono<Void> putInPlace(DocumentStore store, long generation, long built) {
        return registry.takeOver().switchIfEmpty(Mono.error(this::lost)).flatMap(old -> {
            Entry entry = new Entry(
                    projection.version(),
                    store.name(),
                    Math.max(generation, old.generation() + 1),
                    Math.max(built, old.position()),
                    old.epoch() + 1);
            return replay.run(store, built, old.position())
                    .then(registry.replace(old, entry))
                    .flatMap(replaced -> replaced
                            ? Mono.fromSupplier(() -> learn(entry, false))
                                    .then(registry.store(old.collection()).drop())
                            : putInPlace(store, generation, entry.position()));
        });
    }
}
