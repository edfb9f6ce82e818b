package cn.plumbline.journal;

import java.time.Duration;

/**
 * How long to wait before looking for other processes' blocks again: shortly after some came, for more tend to follow,
 * and twice as long after each look that finds none, up to a limit. Not for several threads at once.
 */
final class Pace {

    /** The shortest pause; a look costs the database one read by key. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final Duration longest;
    private Duration next;
    private long seen;

    Pace(Duration longest) {
        this.longest = longest;
        this.next = longest;
    }

    /**
     * The pause before the next look.
     *
     * @param blocks how many blocks of others were ever met
     */
    Duration pause(long blocks) {
        Duration wanted = blocks > seen ? SHORTEST : next.multipliedBy(2);
        seen = blocks;
        next = wanted.compareTo(longest) < 0 ? wanted : longest;
        return next;
    }
}
