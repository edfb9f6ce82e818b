package cn.plumbline.journal.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file store, with commits of our own making. A command is several map writes; the store would commit whenever a
 * timer or its write buffer says so, also between two of them. Here commands share the read lock and a commit takes the
 * write lock, so each commit holds whole commands only, in one order for all collections.
 *
 * <p>{@link #awaitDurable} is a group commit: of all threads that wait, the first to get the write lock commits for
 * everyone whose command is done, and the others find their work on the disk.
 *
 * <p>In memory ({@code file} empty) nothing is committed and nothing waits. All methods may be called from any thread
 * that may block.
 */
final class DurableStore {

    private static final Logger log = LoggerFactory.getLogger(DurableStore.class);

    /** How the file's maps are written, in its header; 0 are the files of before 0.1. */
    private static final int FORMAT = 1;

    /** How long the store keeps chunks without live data: H2's own default, long enough for any disk's write cache. */
    private static final int RETENTION_MILLIS = 45_000;

    /** How many bytes of live data one step of a compaction rewrites; commands wait for some ten milliseconds. */
    private static final int REWRITTEN_BYTES = 16 * 1024 * 1024;

    /**
     * After so many steps without a gain a compaction has nothing more to gain. A step through a large file gains less
     * than the one per cent in which that is counted.
     */
    private static final int STEPS_WITHOUT_GAIN = 64;

    /** How many bytes one step moves to close gaps in the file; with less it may move them to and fro. */
    private static final long MOVED_BYTES = 64L * 1024 * 1024;

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(5);

    /** What must be free on the disk for a step of a compaction, in sizes of the largest. */
    private static final int ROOM_FOR_STEPS = 4;

    /** Below this share of live data in the file, in percent, compaction is worth its writes. */
    private static final int FILL_RATE_WANTED = 85;

    /** What has happened when the store is broken, and what to do. */
    static final String UNWRITABLE = "数据文件无法写入（磁盘已满或故障）。已确认的数据都在；请腾出磁盘空间，然后重新启动。"
            + " / The data file cannot be written: the disk is full or broken. What was acknowledged is there;"
            + " free some space on the disk and start again.";

    private final MVStore store;
    private final Optional<Path> file;
    private final long idleNanos;
    /** Shared by commands that write, and held by commits. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Shared by commands that read, which no commit disturbs, and held while dead data is overwritten. */
    private final ReentrantReadWriteLock overwriting = new ReentrantReadWriteLock();

    private final ScheduledExecutorService keeper;

    /** How many commands are done; only moves under the read lock, so it stands still under the write lock. */
    private final AtomicLong done = new AtomicLong();

    /** How many of the done commands are on the disk; written under the write lock only. */
    private volatile long durable;

    /** When a write to a durable collection came last. Others come all the time: claims of tokens are extended. */
    private volatile long lastDurable = System.nanoTime();

    /** Whether a write to the file has failed. The store has closed itself then, and the file is as the last commit. */
    private volatile boolean broken;

    /** The value of {@code done} at which the last compaction found nothing more to gain; keeper thread only. */
    private long compactedAt = -1;

    private DurableStore(MVStore store, Optional<Path> file, EmbeddedSettings settings) {
        this.store = store;
        this.file = file;
        this.idleNanos = settings.idleAfter().toNanos();
        this.keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("embedded-mongo-keeper").daemon(true).factory());
        if (file.isPresent()) {
            every(settings.commitDelay(), this::awaitDurable);
            every(settings.idleAfter(), this::compactWhenIdle);
        }
    }

    /**
     * Opens the file, or an empty store in memory.
     *
     * @throws IllegalStateException if the file is damaged beyond what the store itself recovers, or written by a
     *     version that writes it in another way
     */
    static DurableStore open(Optional<Path> file, EmbeddedSettings settings) {
        MVStore.Builder builder = new MVStore.Builder()
                .autoCommitDisabled()
                // The builder's method above stops the timer only; the buffer would still commit in mid-command.
                .autoCommitBufferSize(0);
        file.ifPresent(path -> builder.fileName(path.toString()));
        try {
            MVStore store = builder.open();
            requireOurFormat(store, file);
            store.setRetentionTime(RETENTION_MILLIS);
            // Nobody asks for an earlier version, and what only one of those needs would not count as dead.
            store.setVersionsToKeep(0);
            return new DurableStore(store, file, settings);
        } catch (MVStoreException damaged) {
            throw new IllegalStateException(
                    "数据文件无法打开，请从备份恢复 / The data file cannot be opened; restore it from a backup: "
                            + file.map(Path::toString).orElse("memory"),
                    damaged);
        }
    }

    private static void requireOurFormat(MVStore store, Optional<Path> file) {
        int format = store.getStoreVersion();
        if (format != FORMAT && !store.getMapNames().isEmpty()) {
            store.closeImmediately();
            throw new IllegalStateException(
                    "数据文件的格式为 %d，本版本使用 %d；请用写入它的版本打开 / The data file has format %1$d, this version uses %2$d;"
                                    .formatted(format, FORMAT)
                            + " open it with the version that wrote it: "
                            + file.map(Path::toString).orElse("memory"));
        }
        store.setStoreVersion(FORMAT);
    }

    MVStore mvStore() {
        return store;
    }

    /** Whether the file could not be written; from then on every command fails. */
    boolean isBroken() {
        return broken;
    }

    /** Runs a command that writes; no commit falls into it. */
    <T> T write(Supplier<T> command) {
        lock.readLock().lock();
        try {
            return command.get();
        } finally {
            done.incrementAndGet();
            lock.readLock().unlock();
        }
    }

    /** Tells that a durable collection was written to: the store is not idle. */
    void wroteDurably() {
        lastDurable = System.nanoTime();
    }

    /** Runs a command that reads; what it may be looking at is not overwritten meanwhile. */
    <T> T read(Supplier<T> command) {
        overwriting.readLock().lock();
        try {
            return command.get();
        } finally {
            overwriting.readLock().unlock();
        }
    }

    /** Returns when every command that is done by now is on the disk. */
    void awaitDurable() {
        long mine = done.get();
        if (file.isEmpty() || durable >= mine) {
            return;
        }
        lock.writeLock().lock();
        try {
            if (durable < mine) {
                commitAndSync();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Commits what is not yet on the disk, compacts for at most about the given time, and closes the file. */
    void close(Duration compaction) {
        keeper.close();
        lock.writeLock().lock();
        try {
            if (file.isPresent() && !store.isClosed()) {
                commitAndSync();
                long end = System.nanoTime() + compaction.toNanos();
                var unused = compact(() -> System.nanoTime() < end);
            }
            store.close();
        } catch (MVStoreException failure) {
            if (durable != done.get()) {
                throw failure;
            }
            // All is on the disk; what has failed is the compaction, and the file is only larger than it might be.
            log.warn("数据文件未能压缩 / The data file was closed uncompacted: {}", failure.getMessage());
            store.closeImmediately();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void commitAndSync() {
        long upTo = done.get();
        durable = toFile(() -> {
            store.commit();
            store.sync();
            return upTo;
        });
    }

    private <T> T toFile(Supplier<T> write) {
        try {
            return write.get();
        } catch (MVStoreException failure) {
            // For good, also where the store has stayed open: a sync that failed may seem to succeed the next time,
            // because the system has dropped what it could not write.
            broken = true;
            store.closeImmediately();
            throw failure;
        }
    }

    /** What came of a step of a compaction. */
    private enum Step {
        /** There may be more to gain. */
        GOES_ON,
        /** There is nothing to gain. */
        DONE,
        /** Somebody reads for long, or the disk has no room. */
        NOT_NOW
    }

    /** Between its steps commands that have come meanwhile run; one that writes to a durable collection ends it. */
    private void compactWhenIdle() {
        long now = done.get();
        if (now != compactedAt && compact(this::isIdle)) {
            compactedAt = now;
        }
    }

    /** Compacts as long as that is asked for; returns whether it came to its end. */
    private boolean compact(BooleanSupplier wanted) {
        int fullest = 0;
        long smallest = Long.MAX_VALUE;
        int idle = 0;
        while (idle < STEPS_WITHOUT_GAIN) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            Step step = compactOneStep();
            if (step != Step.GOES_ON) {
                return step == Step.DONE;
            }
            if (lock.hasQueuedThreads() || overwriting.hasQueuedThreads()) {
                LockSupport.parkNanos(BETWEEN_STEPS.toNanos()); // who waits for a lock that is taken at once gets none
            }
            int filled = chunksFillRate();
            long size = fileSize();
            idle = filled > fullest || size < smallest ? 0 : idle + 1;
            fullest = Math.max(fullest, filled);
            smallest = Math.min(smallest, size);
        }
        return true;
    }

    private boolean isIdle() {
        return System.nanoTime() - lastDurable >= idleNanos && !keeper.isShutdown();
    }

    /**
     * Writes live data of chunks that are mostly dead into new ones or, when there are none left, closes gaps between
     * chunks.
     */
    private Step compactOneStep() {
        // Who reads for long is not waited for, because those who write would have to wait, too.
        if (!overwriting.writeLock().tryLock()) {
            return Step.NOT_NOW;
        }
        lock.writeLock().lock();
        try {
            if (store.isClosed() || !hasRoom()) {
                return Step.NOT_NOW;
            }
            commitAndSync();
            // Dead chunks are overwritten at once, which is safe as long as each commit is synced before the next.
            store.setRetentionTime(0);
            return rewriteChunks() || closeGaps() ? Step.GOES_ON : Step.DONE;
        } finally {
            if (!store.isClosed()) {
                store.setRetentionTime(RETENTION_MILLIS);
            }
            lock.writeLock().unlock();
            overwriting.writeLock().unlock();
        }
    }

    /** A write that finds no space closes the store; it must not be one that nobody has asked for. */
    private boolean hasRoom() {
        return file.isEmpty()
                || file.get().toFile().getUsableSpace() >= ROOM_FOR_STEPS * Math.min(MOVED_BYTES, fileSize());
    }

    /** What is rewritten must be committed for the old chunks to die; the store leaves that to its timer, which is off. */
    private boolean rewriteChunks() {
        boolean rewritten = store.compact(FILL_RATE_WANTED, REWRITTEN_BYTES);
        commitAndSync();
        return rewritten;
    }

    private boolean closeGaps() {
        if (store.getFillRate() >= FILL_RATE_WANTED || !(store.getFileStore() instanceof RandomAccessStore chunks)) {
            return false;
        }
        return toFile(() -> {
            chunks.compactMoveChunks(FILL_RATE_WANTED, MOVED_BYTES, store);
            store.sync();
            return true;
        });
    }

    /** The share of live data in the chunks, in percent. */
    private int chunksFillRate() {
        return store.getFileStore().getChunksFillRate();
    }

    private long fileSize() {
        return store.getFileStore().size();
    }

    private void every(Duration delay, Runnable task) {
        var unused = keeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        // Where the store has closed itself, every command fails from now on and tells its client.
                        log.error(broken ? UNWRITABLE : "内置数据库的维护失败 / Upkeep of the embedded database failed", failure);
                        if (broken) {
                            throw failure;
                        }
                    }
                },
                delay.toMillis(),
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
