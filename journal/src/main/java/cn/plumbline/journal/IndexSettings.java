package cn.plumbline.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a journal keeps its index in a file, so that a start need not read the whole chain. The file is written when the
 * journal is closed and, in between, beside the appends.
 *
 * @param directory where it is, under the journal's name; created where missing, and closed to other users
 * @param pause how long at least between two writes while the journal is open
 * @param leastEvents how many events at least must be new for a write while the journal is open; in a long journal it
 *     takes more, a certain share of them
 */
public record IndexSettings(Path directory, Duration pause, int leastEvents) {

    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);
    /** A start reads so many from the chain in some tenths of a second. */
    private static final int DEFAULT_LEAST_EVENTS = 20_000;

    /** Refuses what is not positive. */
    public IndexSettings {
        if (pause.isNegative() || pause.isZero() || leastEvents < 1) {
            throw new IllegalArgumentException("The pause and the number of events are positive");
        }
    }

    /**
     * The defaults.
     *
     * @param directory see {@link #directory()}
     * @return settings for a file in it
     */
    public static IndexSettings inDirectory(Path directory) {
        return new IndexSettings(directory, DEFAULT_PAUSE, DEFAULT_LEAST_EVENTS);
    }
}
