package cn.plumbline.journal;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a journal is run. None of it changes what is stored, the name aside.
 *
 * @param name name of the journal and of its collection
 * @param node name of this process, kept in each block that it writes
 * @param clock gives the time of recording
 * @param maxBlockEvents most events in one block, and in one append
 * @param maxBlockBytes most bytes of events in one block, and in one append; at most 12 MiB
 * @param maxQueuedAppends most appends that wait; one more fails with {@link JournalOverloaded}
 * @param maxQueuedBytes most bytes of events that wait
 * @param cacheBytes bytes of blocks kept in memory
 * @param pollInterval the longest pause between two looks for blocks of other processes, and nearly the longest time
 *     until they are seen; while some come, the pauses are shorter; zero = never, for a database that no other process
 *     writes to
 * @param patience how long an append is tried while the database fails or does not answer
 * @param index how to keep the index in a file; absent = not at all
 */
public record JournalSettings(
        String name,
        String node,
        Clock clock,
        int maxBlockEvents,
        int maxBlockBytes,
        int maxQueuedAppends,
        long maxQueuedBytes,
        long cacheBytes,
        Duration pollInterval,
        Duration patience,
        @Nullable IndexSettings index) {

    /** A document of MongoDB holds 16 MiB; the rest is a generous margin. */
    private static final int BLOCK_BYTES_LIMIT = 12 << 20;

    /** An insert or read that is not answered in this part of the patience is tried again. */
    static final int TRIES_IN_PATIENCE = 4;

    private static final int DEFAULT_BLOCK_EVENTS = 2048;
    private static final int DEFAULT_BLOCK_BYTES = 4 << 20;
    private static final int DEFAULT_QUEUED_APPENDS = 16_384;
    private static final long DEFAULT_QUEUED_BYTES = 64L << 20;
    private static final long DEFAULT_CACHE_BYTES = 64L << 20;
    private static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(75);
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

    /** Refuses caps that are not positive or that a document could not hold. */
    public JournalSettings {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A journal has a name");
        }
        if (maxBlockEvents < 1 || maxBlockBytes < 1 || maxQueuedAppends < 1 || maxQueuedBytes < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException("Caps are positive");
        }
        if (maxBlockBytes > BLOCK_BYTES_LIMIT) {
            throw new IllegalArgumentException("A block holds at most " + BLOCK_BYTES_LIMIT + " bytes");
        }
        if (pollInterval.isNegative() || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("The poll interval is not negative, the patience positive");
        }
    }

    /** How long one insert or read may take before it counts as failed. */
    Duration tryTimeout() {
        return patience.dividedBy(TRIES_IN_PATIENCE);
    }

    /**
     * The defaults.
     *
     * @param name name of the journal and of its collection
     * @param node name of this process
     * @return settings with the system's clock
     */
    public static JournalSettings of(String name, String node) {
        return new JournalSettings(
                name,
                node,
                Clock.systemUTC(),
                DEFAULT_BLOCK_EVENTS,
                DEFAULT_BLOCK_BYTES,
                DEFAULT_QUEUED_APPENDS,
                DEFAULT_QUEUED_BYTES,
                DEFAULT_CACHE_BYTES,
                DEFAULT_POLL_INTERVAL,
                DEFAULT_PATIENCE,
                null);
    }

    /**
     * The same with another name.
     *
     * @param newName see {@link #name()}
     * @return a copy
     */
    public JournalSettings withName(String newName) {
        return new JournalSettings(
                newName,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                pollInterval,
                patience,
                index);
    }

    /**
     * The same with another clock.
     *
     * @param newClock see {@link #clock()}
     * @return a copy
     */
    public JournalSettings withClock(Clock newClock) {
        return new JournalSettings(
                name,
                node,
                newClock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                pollInterval,
                patience,
                index);
    }

    /**
     * The same with other caps of a block.
     *
     * @param events see {@link #maxBlockEvents()}
     * @param bytes see {@link #maxBlockBytes()}
     * @return a copy
     */
    public JournalSettings withBlockCaps(int events, int bytes) {
        return new JournalSettings(
                name,
                node,
                clock,
                events,
                bytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                pollInterval,
                patience,
                index);
    }

    /**
     * The same with other caps of the queue.
     *
     * @param appends see {@link #maxQueuedAppends()}
     * @param bytes see {@link #maxQueuedBytes()}
     * @return a copy
     */
    public JournalSettings withQueueCaps(int appends, long bytes) {
        return new JournalSettings(
                name,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                appends,
                bytes,
                cacheBytes,
                pollInterval,
                patience,
                index);
    }

    /**
     * The same with another cache.
     *
     * @param bytes see {@link #cacheBytes()}
     * @return a copy
     */
    public JournalSettings withCacheBytes(long bytes) {
        return new JournalSettings(
                name,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                bytes,
                pollInterval,
                patience,
                index);
    }

    /**
     * The same with another poll interval.
     *
     * @param interval see {@link #pollInterval()}
     * @return a copy
     */
    public JournalSettings withPollInterval(Duration interval) {
        return new JournalSettings(
                name,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                interval,
                patience,
                index);
    }

    /**
     * The same with another patience.
     *
     * @param duration see {@link #patience()}
     * @return a copy
     */
    public JournalSettings withPatience(Duration duration) {
        return new JournalSettings(
                name,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                pollInterval,
                duration,
                index);
    }

    /**
     * The same with a file that keeps the index.
     *
     * @param settings see {@link #index()}
     * @return a copy
     */
    public JournalSettings withIndex(IndexSettings settings) {
        return new JournalSettings(
                name,
                node,
                clock,
                maxBlockEvents,
                maxBlockBytes,
                maxQueuedAppends,
                maxQueuedBytes,
                cacheBytes,
                pollInterval,
                patience,
                settings);
    }
}
