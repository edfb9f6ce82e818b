package cn.plumbline.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Appends by group commit. Whoever has the turn takes what is queued, checks each condition against the chain and the
 * appends before it in the same block, inserts the block, extends the chain and lets the callers go on, then takes
 * what has been queued meanwhile: the insert in flight is the batching window. Another process may have taken the
 * number; then catch up, check again, try the next number.
 *
 * <p>Who looks for what others have stored needs the turn too. He is served by the next insert that begins, for it
 * meets whatever is there; only when nothing is to be inserted, the store is read for him.
 *
 * <p>Only who has the turn extends the chain. The turn passes from thread to thread with the insert's answer.
 */
final class Appender {

    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);

    /** Callers go on in so many slices at once. */
    private static final int ACKNOWLEDGING_SLICES = 4;
    /** An insert, and the reading back if it fails. */
    private static final int TICKS_OF_A_TRY = 2;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    /**
     * Repeats the insert of one and the same block, which the number makes safe: it can be stored once only. Bounded by
     * the patience.
     */
    private static final Retry UNSETTLED_INSERT = Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
            .maxBackoff(Duration.ofSeconds(1))
            .filter(JournalUnavailable::isPassing);

    private final Chain chain;
    private final BlockStore store;
    private final Reader reader;
    private final FrameWriter frames;
    private final JournalSettings settings;
    private final Scheduler scheduler;
    private final Ticks ticks;

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queuedAppends = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean turn = new AtomicBoolean();
    /** Those who wait for a look that has not begun; null when nobody does. */
    private final AtomicReference<Sinks.@Nullable Empty<Void>> looking = new AtomicReference<>();

    private volatile boolean closed;
    private final Sinks.Empty<Void> drained = Sinks.empty();

    /** Has the turn: appends that were taken from the queue before, in order. */
    private final Deque<Waiting> carried = new ArrayDeque<>();

    private final AtomicLong blocksOfOthers = new AtomicLong();

    Appender(
            Chain chain,
            BlockStore store,
            Reader reader,
            FrameWriter frames,
            JournalSettings settings,
            Scheduler scheduler,
            Ticks ticks) {
        this.chain = chain;
        this.store = store;
        this.reader = reader;
        this.frames = frames;
        this.settings = settings;
        this.scheduler = scheduler;
        this.ticks = ticks;
    }

    Mono<Appended> append(List<NewEvent> events, AppendCondition condition) {
        return Mono.create(caller -> {
            if (events.isEmpty()) {
                throw new IllegalArgumentException("An append has events");
            }
            if (closed) {
                throw new JournalUnavailable("The journal is closed", null);
            }
            Waiting append = new Waiting(
                    frames.prepare(events), condition.marker(), frames.hashed(condition.criteria()), caller);
            if (events.size() > settings.maxBlockEvents() || append.bytes() > settings.maxBlockBytes()) {
                throw new EventTooLarge(events.size(), append.bytes(), settings);
            }
            enqueue(append);
        });
    }

    /** Looks for blocks of other processes; completes when all that was stored when it was asked is in the chain. */
    Mono<Void> look() {
        return Mono.defer(() -> {
            if (closed) {
                return Mono.error(new JournalUnavailable("The journal is closed", null));
            }
            Sinks.Empty<Void> next =
                    Objects.requireNonNull(looking.updateAndGet(waiting -> waiting == null ? Sinks.empty() : waiting));
            wake();
            return next.asMono().publishOn(scheduler);
        });
    }

    /** How many blocks of other processes were met since the start. */
    long blocksOfOthers() {
        return blocksOfOthers.get();
    }

    /** Takes no more appends; completes when those that were taken are settled. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            wake();
            return drained.asMono();
        });
    }

    private void enqueue(Waiting append) {
        int appends = queuedAppends.incrementAndGet();
        long bytes = queuedBytes.addAndGet(append.bytes());
        if (appends > settings.maxQueuedAppends() || bytes > settings.maxQueuedBytes()) {
            leave(append);
            throw new JournalOverloaded(appends - 1);
        }
        queue.add(append);
        wake();
    }

    private void wake() {
        if (turn.compareAndSet(false, true)) {
            takeNext();
        }
    }

    private void leave(Waiting append) {
        queuedAppends.decrementAndGet();
        queuedBytes.addAndGet(-append.bytes());
    }

    /** Has the turn; writes the next block, or looks for one, or gives the turn up when there is neither to do. */
    private void takeNext() {
        while (true) {
            Sinks.@Nullable Empty<Void> lookers = looking.getAndSet(null);
            Batch batch = collect();
            if (!batch.isEmpty()) {
                write(batch, lookers);
                return;
            }
            if (lookers != null) {
                follow(lookers);
                return;
            }
            turn.set(false);
            if (queue.isEmpty() && looking.get() == null) {
                if (closed && queuedAppends.get() == 0) {
                    var unused = drained.tryEmitEmpty();
                }
                return;
            }
            if (!turn.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private Batch collect() {
        Batch batch = new Batch(chain, settings, queuedAppends.get());
        List<Runnable> refusals = new ArrayList<>();
        Waiting append = poll();
        while (append != null) {
            if (!batch.fits(append)) {
                carried.addFirst(append);
                break;
            }
            try {
                admit(append, batch, refusals);
            } catch (RuntimeException e) { // an unreadable event in its way concerns this append alone
                refuse(append, e, refusals);
            }
            append = poll();
        }
        if (!refusals.isEmpty()) {
            goOn(() -> refusals.forEach(Runnable::run));
        }
        return batch;
    }

    private @Nullable Waiting poll() {
        Waiting append = carried.pollFirst();
        return append != null ? append : queue.poll();
    }

    private void admit(Waiting append, Batch batch, List<Runnable> refusals) {
        long head = chain.head().position();
        Scan scan = chain.index().scan(append.hashedCriteria(), append.cleared(), head);
        for (int candidate = scan.next(); candidate != Scan.END; candidate = scan.next()) {
            StoredEvent event = chain.eventInMemory(candidate);
            if (event == null) {
                lookUp(append, candidate);
                return;
            }
            if (append.criteria().matches(event.type(), event.tags())) {
                refuse(append, new AppendConflict(append.marker(), candidate), refusals);
                return;
            }
            append.clearUpTo(candidate);
        }
        append.clearUpTo(head);
        long conflict = batch.conflict(append);
        if (conflict == 0) {
            batch.add(append);
        } else {
            batch.refuse(append, conflict);
        }
    }

    private void refuse(Waiting append, RuntimeException reason, List<Runnable> refusals) {
        leave(append);
        refusals.add(() -> append.fail(reason));
    }

    /** The index suspects an event whose block is not in memory: read it, and queue the append again if it is not. */
    private void lookUp(Waiting append, long candidate) {
        var unused = reader.event(candidate)
                .map(event -> append.criteria().matches(event.type(), event.tags()))
                .doFinally(signal -> wake())
                .subscribe(
                        conflicts -> {
                            if (conflicts) {
                                leave(append);
                                append.fail(new AppendConflict(append.marker(), candidate));
                            } else {
                                append.clearUpTo(candidate);
                                queue.add(append);
                            }
                        },
                        failure -> {
                            leave(append);
                            append.fail(failure);
                        });
    }

    private void follow(Sinks.Empty<Void> lookers) {
        var unused = catchUp()
                .subscribe(
                        nothing -> {},
                        failure -> {
                            tell(lookers, failure);
                            takeNext();
                        },
                        () -> {
                            tell(lookers, null);
                            takeNext();
                        });
    }

    private static void tell(Sinks.@Nullable Empty<Void> lookers, @Nullable Throwable failure) {
        if (lookers != null) {
            var unused = failure == null ? lookers.tryEmitEmpty() : lookers.tryEmitError(failure);
        }
    }

    private Mono<Void> catchUp() {
        return Mono.defer(() -> {
            long before = chain.head().block();
            return chain.catchUp()
                    .doOnTerminate(() -> blocksOfOthers.addAndGet(chain.head().block() - before));
        });
    }

    private void write(Batch batch, Sinks.@Nullable Empty<Void> lookers) {
        Chain.Successor successor = chain.successor(batch.events());
        var unused = store(successor.block())
                .flatMap(stored -> stored ? Mono.just(true) : catchUp().thenReturn(false))
                .doOnNext(stored -> {
                    if (stored) {
                        chain.extend(successor);
                        acknowledge(batch, successor.block());
                    } else {
                        batch.refused().reversed().forEach(refused -> carried.addFirst(refused.append()));
                        batch.appends().reversed().forEach(carried::addFirst);
                    }
                })
                .subscribe(
                        stored -> {
                            tell(lookers, null);
                            takeNext();
                        },
                        failure -> {
                            abandon(batch, failure);
                            tell(lookers, failure);
                            takeNext();
                        });
    }

    /**
     * True when the block is in the chain, false when another block has its number. The time limit ends here: what
     * follows changes the chain, and is never cut off. When it has passed, what went wrong last says why.
     */
    private Mono<Boolean> store(Block block) {
        return tryToStore(block)
                .onErrorResume(JournalUnavailable::isPassing, failure -> tryToStoreAgain(block, failure));
    }

    private Mono<Boolean> tryToStore(Block block) {
        return ticks.limit(store.insert(block), 1).thenReturn(true).onErrorResume(failure -> readBack(block, failure));
    }

    private Mono<Boolean> tryToStoreAgain(Block block, Throwable failure) {
        AtomicReference<Throwable> latest = new AtomicReference<>(failure);
        Mono<Boolean> again = tryToStore(block).doOnError(latest::set);
        return ticks.limit(
                        again.delaySubscription(FIRST_PAUSE).retryWhen(UNSETTLED_INSERT),
                        JournalSettings.TRIES_IN_PATIENCE - TICKS_OF_A_TRY)
                .onErrorMap(late -> latest.get());
    }

    private Mono<Boolean> readBack(Block block, Throwable failure) {
        return ticks.limit(store.find(List.of(block.number())), 1)
                .flatMap(found -> found.isEmpty()
                        ? Mono.error(failure)
                        : Mono.just(found.getFirst().isSameAs(block)));
    }

    private void acknowledge(Batch batch, Block block) {
        List<Waiting> appends = batch.appends();
        long[] firsts = new long[appends.size()];
        long next = block.first();
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = next;
            next += appends.get(i).events().size();
            leave(appends.get(i));
        }
        batch.refused().forEach(refused -> leave(refused.append()));
        if (!batch.refused().isEmpty()) {
            goOn(() -> batch.refused().forEach(Appender::refuse));
        }
        int slices = Math.min(ACKNOWLEDGING_SLICES, firsts.length);
        for (int slice = 0; slice < slices; slice++) {
            int from = slice;
            goOn(() -> {
                for (int i = from; i < firsts.length; i += slices) {
                    appends.get(i).succeed(firsts[i], block.at());
                }
            });
        }
    }

    private static void refuse(Batch.Refused refused) {
        refused.append().fail(new AppendConflict(refused.append().marker(), refused.position()));
    }

    private void abandon(Batch batch, Throwable failure) {
        JournalException typed = failure instanceof JournalException known
                ? known
                : new JournalUnavailable("The outcome of an append could not be settled in time", failure);
        LOG.warn("{} appends to {} were given up: {}", batch.appends().size(), settings.name(), typed.getMessage());
        List<Waiting> everyone = new ArrayList<>(batch.appends());
        batch.refused().forEach(refused -> everyone.add(refused.append()));
        everyone.forEach(this::leave);
        goOn(() -> everyone.forEach(append -> append.fail(typed)));
    }

    /** Callers go on where they may take their time, never on a thread of the driver. */
    private void goOn(Runnable callers) {
        try {
            scheduler.schedule(callers);
        } catch (RejectedExecutionException e) {
            LOG.debug("Journal {} was closed meanwhile; its last callers go on here", settings.name(), e);
            callers.run();
        }
    }
}
