package cn.plumbline.journal;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * An append-only, gapless, totally ordered log of events. Positions count from 1; 0 stands for the place before the
 * first event. What is appended together stands together and becomes visible at once. Nothing is ever changed.
 *
 * <p>Safe for any number of threads, and for several processes on one database. Failures are {@link JournalException}s;
 * publishers go on on threads of the journal, which must not be blocked, or on the subscriber's own.
 */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Looking for other processes' blocks goes on for ever; the pause keeps a dead database from being hammered. */
    private static final Retry FAILED_LOOK = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
            .maxBackoff(Duration.ofSeconds(5))
            .transientErrors(true);

    /** A walk changes nothing, so it is safe to begin again; it may be long, and a database may be away for long. */
    private static final Retry WALK_CUT_OFF = Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1))
            .maxBackoff(Duration.ofMinutes(1))
            .filter(JournalUnavailable.class::isInstance)
            .transientErrors(true);

    private final JournalSettings settings;
    private final Scheduler scheduler;
    private final Bell bell;
    private final Chain chain;
    private final Reader reader;
    private final Appender appender;
    private final MerkleLog merkleLog;
    private final Auditor auditor;
    private final Optional<IndexKeeper> keeper;
    private final Disposable.Composite clocks = Disposables.composite();
    private volatile boolean closed;

    private Journal(
            JournalSettings settings,
            BlockStore store,
            Scheduler scheduler,
            Ticks ticks,
            Optional<IndexKeeper> keeper,
            ChainState start) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.keeper = keeper;
        bell = new Bell(scheduler);
        BlockReads reads = new BlockReads(store, ticks);
        chain = new Chain(settings, reads, start, bell::ring);
        reader = new Reader(chain, reads);
        FrameWriter frames = new FrameWriter(start.tagHash(), new Salts());
        appender = new Appender(chain, store, reader, frames, settings, scheduler, ticks);
        merkleLog = new MerkleLog(chain, reader);
        auditor = new Auditor(chain, reads, Schedulers.boundedElastic());
    }

    /**
     * Opens a journal, for which it reads the chain, verifies it and builds the index. Where the settings say that a file
     * keeps the index, only what the file does not know yet is read, if it is of use; the rest is verified by {@link
     * #audit}. Nothing is written to the database; a journal begins with its first append.
     *
     * @param database where its collection is
     * @param settings how to run it
     * @return the journal, to be {@link #close() closed}; fails with {@link JournalCorrupted} if what was read is not what
     *     was recorded, and with {@link JournalUnavailable} if the database does not answer
     */
    public static Mono<Journal> open(MongoDatabase database, JournalSettings settings) {
        return Mono.defer(() -> {
            Scheduler scheduler = newScheduler(settings);
            return MongoBlockStore.open(database, settings.name(), scheduler)
                    .flatMap(store -> open(store, settings, scheduler, TagHash::random))
                    .onErrorResume(failure -> end(scheduler).then(Mono.error(failure)));
        });
    }

    static Mono<Journal> open(BlockStore store, JournalSettings settings) {
        return open(store, settings, TagHash::random);
    }

    static Mono<Journal> open(BlockStore store, JournalSettings settings, Supplier<TagHash> tagHash) {
        return Mono.defer(() -> open(store, settings, newScheduler(settings), tagHash));
    }

    private static Scheduler newScheduler(JournalSettings settings) {
        return Schedulers.newParallel(settings.name(), THREADS, true);
    }

    private static Mono<Void> end(Disposable clocks, Scheduler scheduler) {
        return Mono.<Void>fromRunnable(clocks::dispose)
                .subscribeOn(Schedulers.boundedElastic()) // stopping a clock may wait for a lock
                .then(end(scheduler));
    }

    /** Ending threads takes locks, and must not be done by one of them. */
    private static Mono<Void> end(Scheduler scheduler) {
        return scheduler.disposeGracefully().subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Journal> open(
            BlockStore store, JournalSettings settings, Scheduler scheduler, Supplier<TagHash> tagHash) {
        return Mono.defer(() -> {
            Ticks ticks = new Ticks(settings.tryTimeout());
            Disposable clock = ticks.start(Schedulers.parallel());
            Optional<IndexKeeper> keeper =
                    Optional.ofNullable(settings.index()).map(index -> new IndexKeeper(settings.name(), index));
            return Mono.justOrEmpty(keeper)
                    .flatMap(file -> file.restore(new BlockReads(store, ticks)))
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .publishOn(Schedulers.boundedElastic()) // seeding random numbers may block
                    .map(kept -> kept.orElseGet(() -> ChainState.empty(tagHash.get())))
                    .map(start -> new Journal(settings, store, scheduler, ticks, keeper, start))
                    .flatMap(journal -> journal.chain.catchUp().thenReturn(journal))
                    .doOnNext(journal -> journal.start(clock))
                    .onErrorResume(failure -> end(clock, scheduler).then(Mono.error(failure)));
        });
    }

    private void start(Disposable clock) {
        clocks.add(clock);
        startPolling();
        keeper.ifPresent(file -> clocks.add(file.keepOn(chain).subscribe()));
    }

    /**
     * Its name, which is the name of its collection.
     *
     * @return as set
     */
    public String name() {
        return settings.name();
    }

    /**
     * The position of the last visible event.
     *
     * @return 0 while there is none
     */
    public long head() {
        return chain.head().position();
    }

    /**
     * Appends events as one, after a condition.
     *
     * @param events at least one; they get consecutive positions in this order
     * @param condition what must hold at the instant of appending
     * @return where they stand; they are durable then, and visible here. Fails with {@link AppendConflict},
     *     {@link JournalOverloaded}, {@link EventTooLarge}, {@link JournalUnavailable} (outcome unknown), and with
     *     {@link IllegalArgumentException} for an event that has no canonical form. Each subscription appends again;
     *     cancelling it does not take back what is under way
     */
    public Mono<Appended> append(List<NewEvent> events, AppendCondition condition) {
        return appender.append(events, condition);
    }

    /**
     * Reads events in order. Memory is bounded whatever the length, and no faster than asked for.
     *
     * @param criteria which
     * @param after the position before the first that may be read
     * @param upTo the last position that may be read; what lies beyond the head at subscription is left out
     * @return the events
     */
    public Flux<StoredEvent> read(Criteria criteria, long after, long upTo) {
        requirePosition(after);
        return reader.read(criteria, after, upTo);
    }

    /**
     * Reads events in order and goes on with those that come, from this process or others. Nothing is skipped, however
     * slow the subscriber; memory is bounded.
     *
     * @param criteria which
     * @param after the position before the first that may be read; may lie beyond the head
     * @return the events, and a {@link Followed.Scanned} whenever the head at that moment has been reached, first of
     *     all if nothing is to be read yet; completes when the journal is closed
     */
    public Flux<Followed> follow(Criteria criteria, long after) {
        requirePosition(after);
        return Flux.defer(() -> {
            AtomicLong scanned = new AtomicLong(after - 1); // so that the first round does not wait for an event
            return Flux.defer(() -> followOn(criteria, after, scanned)).repeat(() -> !closed);
        });
    }

    private Flux<Followed> followOn(Criteria criteria, long start, AtomicLong scanned) {
        long from = Math.max(start, scanned.get());
        long head = head();
        if (head < start || head == scanned.get()) {
            return bell.await(() -> head() > head || closed).thenMany(Flux.empty());
        }
        return reader.read(criteria, from, head)
                .<Followed>map(Followed.Event::new)
                .concatWith(Mono.fromSupplier(() -> {
                    scanned.set(head);
                    return new Followed.Scanned(head);
                }));
    }

    /**
     * Looks for what other processes have appended, without waiting for the next poll.
     *
     * @return the head, once all that any process had appended when it was asked is visible here; fails with
     *     {@link JournalUnavailable}
     */
    public Mono<Long> latest() {
        Mono<Long> head = Mono.fromSupplier(this::head);
        return settings.pollInterval().isZero() ? head : appender.look().then(head);
    }

    /**
     * The next event that criteria select, as far as the index knows. Tags are indexed by a keyed 64-bit hash, so the
     * answer may, once in some 2^40 questions, name an event of other tags; none is ever passed over.
     *
     * @param criteria which
     * @param after a position
     * @return the first matching position above it; empty if there is none yet
     */
    public OptionalLong next(Criteria criteria, long after) {
        requirePosition(after);
        int next = chain.index().scan(criteria, after, head()).next();
        return next == Scan.END ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /**
     * Reads one event.
     *
     * @param position 1 or more
     * @return the event; empty beyond the head
     */
    public Mono<StoredEvent> event(long position) {
        if (position < 1) {
            throw new IllegalArgumentException("Positions count from 1: " + position);
        }
        return reader.event(position);
    }

    /**
     * What the journal held at an instant.
     *
     * @param instant any
     * @return the last position that was recorded until then; 0 if nothing was
     */
    public long positionAt(Instant instant) {
        Chain.Head head = chain.head();
        long block = chain.directory().lastRecordedUntil(instant, head.block());
        if (block == head.block()) {
            return head.position();
        }
        return chain.directory().first(block + 1) - 1;
    }

    /**
     * Finds the first event whose own time, which is not the time of its recording, is an instant or later.
     *
     * @param time the instant
     * @return its position; empty if there is none
     */
    public Mono<Long> firstSince(Instant time) {
        return Mono.defer(() -> {
            Chain.Head head = chain.head();
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.plusNanos(999));
            long block = chain.directory().firstWithTimeFrom(micros, head.block());
            if (block > head.block()) {
                return Mono.empty();
            }
            return reader.block(block).mapNotNull(found -> firstSince(found, micros));
        });
    }

    private static @Nullable Long firstSince(Block block, long micros) {
        for (long position = block.first(); position <= block.last(); position++) {
            if (block.event(position).timeMicros() >= micros) {
                return position;
            }
        }
        return null;
    }

    /**
     * The Merkle tree head after the newest visible block.
     *
     * @return size and root
     */
    public TreeHead treeHead() {
        return chain.head().treeHead();
    }

    /**
     * The Merkle tree as others check it.
     *
     * @return tiles, proofs and past roots
     */
    public MerkleLog merkleLog() {
        return merkleLog;
    }

    /**
     * Walks along the stored chain again and again, from the first block to the head, reading past the cache, and
     * compares every event and tree head with what was seen before, and the index with every event. It takes no index
     * file's word for anything. It reads at most 256 KiB, or one block, at a time, and appends do not wait for it. A walk that the database cuts off is begun anew.
     *
     * @param pause after each read
     * @param rest after each walk
     * @return the outcome of each walk, without end; a broken chain is walked again like a sound one
     */
    public Flux<Audit> audit(Duration pause, Duration rest) {
        return auditor.walk(pause)
                .retryWhen(WALK_CUT_OFF)
                .repeatWhen(walks -> walks.concatMap(walk -> Mono.delay(rest), 1));
    }

    /**
     * Takes no more appends, settles those under way, ends all {@link #follow} streams, and writes the index file if it
     * has one. The database stays open.
     *
     * @return completes when that is done
     */
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closed = true;
            bell.ring();
            return appender.close().then(keepIndex()).then(end(clocks, scheduler));
        });
    }

    private void startPolling() {
        if (settings.pollInterval().isZero()) {
            return;
        }
        Pace pace = new Pace(settings.pollInterval());
        clocks.add(Mono.defer(() -> Mono.delay(pace.pause(appender.blocksOfOthers()), scheduler))
                .then(Mono.defer(this::lookWhileOpen))
                .doOnError(failure -> LOG.warn("Journal {} is not read: {}", name(), failure.getMessage()))
                .retryWhen(FAILED_LOOK)
                .repeat(() -> !closed)
                .subscribe());
    }

    private Mono<Void> keepIndex() {
        return Mono.justOrEmpty(keeper).flatMap(file -> file.keep(chain));
    }

    private Mono<Void> lookWhileOpen() {
        return appender.look().onErrorResume(failure -> closed ? Mono.empty() : Mono.error(failure));
    }

    private static void requirePosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position is 0 or more: " + position);
        }
    }
}
