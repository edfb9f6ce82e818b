package cn.plumbline.journal.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How an {@link EmbeddedMongo} stores and serves.
 *
 * @param directory the data directory, created where missing; empty = in memory, gone at close
 * @param durable tells the collections, by name, in any database, whose writes are on the disk before they are
 *     acknowledged
 * @param commitDelay how long at most a write to any other collection may be acknowledged but not yet on the disk;
 *     such writes reach it in the order of their acknowledgement, and never before an earlier write to a durable
 *     collection
 * @param idleAfter how long no write must have come before the file is compacted beside the running service
 * @param closingTime how long closing may spend on compacting the file
 * @param connections how many connections are served at the same time; further ones are closed at once
 * @param sharedPort the port at which other processes of the same user are served too, 0 = one that the system chooses;
 *     they need the secret, which then stands in the data directory and outlives a start; empty = this process alone
 */
public record EmbeddedSettings(
        Optional<Path> directory,
        Predicate<String> durable,
        Duration commitDelay,
        Duration idleAfter,
        Duration closingTime,
        int connections,
        OptionalInt sharedPort) {

    /** Alone, this process and what it knows ends with the server, and views are folded on from where they are. */
    private static final Predicate<String> JOURNALS =
            Set.of("journal", "attempts", "journal_checkpoints", "attempts_checkpoints")::contains;

    /**
     * Others go on when the server ends, and have told what they know. Only who has a claim or a session may be
     * forgotten: claims are written all the time, and are asked for again.
     */
    private static final Predicate<String> ALL_BUT_CLAIMS = Predicate.not(Set.of("tokens", "sessions")::contains);

    private static final Duration COMMIT_DELAY = Duration.ofMillis(200);
    private static final Duration IDLE_AFTER = Duration.ofSeconds(30);
    private static final Duration CLOSING_TIME = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 256;
    /** A client holds up to a hundred. */
    private static final int SHARED_CONNECTIONS = 2048;

    /** Checks the ranges: durations are positive, at least one connection. */
    public EmbeddedSettings {
        requirePositive("commitDelay", commitDelay);
        requirePositive("idleAfter", idleAfter);
        requirePositive("closingTime", closingTime);
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1, is " + connections);
        }
        if (sharedPort.isPresent() && directory.isEmpty()) {
            throw new IllegalArgumentException("what is shared has a directory, in which the secret stands");
        }
    }

    /** Everything on one file in a directory; the journals and their checkpoints durable. */
    public static EmbeddedSettings inDirectory(Path directory) {
        return new EmbeddedSettings(
                Optional.of(directory),
                JOURNALS,
                COMMIT_DELAY,
                IDLE_AFTER,
                CLOSING_TIME,
                CONNECTIONS,
                OptionalInt.empty());
    }

    /**
     * As {@link #inDirectory}, for several processes on this machine: everything but claims and sessions is durable.
     *
     * @param port see {@link #sharedPort()}
     */
    public static EmbeddedSettings shared(Path directory, int port) {
        return new EmbeddedSettings(
                Optional.of(directory),
                ALL_BUT_CLAIMS,
                COMMIT_DELAY,
                IDLE_AFTER,
                CLOSING_TIME,
                SHARED_CONNECTIONS,
                OptionalInt.of(port));
    }

    /** Everything in memory, for tests and trials: nothing survives the close. */
    public static EmbeddedSettings inMemory() {
        return new EmbeddedSettings(
                Optional.empty(), JOURNALS, COMMIT_DELAY, IDLE_AFTER, CLOSING_TIME, CONNECTIONS, OptionalInt.empty());
    }

    /** These settings with another idle time before compaction. */
    public EmbeddedSettings withIdleAfter(Duration other) {
        return new EmbeddedSettings(directory, durable, commitDelay, other, closingTime, connections, sharedPort);
    }

    /** These settings with another time for compaction at the end. */
    public EmbeddedSettings withClosingTime(Duration other) {
        return new EmbeddedSettings(directory, durable, commitDelay, idleAfter, other, connections, sharedPort);
    }

    /** These settings with other durable collections. */
    public EmbeddedSettings withDurable(Predicate<String> other) {
        return new EmbeddedSettings(directory, other, commitDelay, idleAfter, closingTime, connections, sharedPort);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, is " + duration);
        }
    }
}
