package cn.plumbline.benchmarks;

import java.util.Arrays;

/** Where the writers of a store are: each writes one entity after the other. One thread at a time for each writer. */
public final class Progress {

    private static final int WRITERS_MAX = 4096;

    private final int[] events = new int[WRITERS_MAX];

    /** Creates one at which nothing is written. */
    public Progress() {}

    /**
     * The entity that the writer's next event belongs to.
     *
     * @return its number
     */
    public int entity(int writer) {
        return events[writer] / Sample.EVENTS_PER_ENTITY;
    }

    /**
     * How many events the entity has.
     *
     * @return 0 to {@link Sample#EVENTS_PER_ENTITY} less one
     */
    public int sequence(int writer) {
        return events[writer] % Sample.EVENTS_PER_ENTITY;
    }

    /** The writer's next event is stored. */
    public void stored(int writer) {
        events[writer]++;
    }

    /** Begins anew. */
    public void clear() {
        Arrays.fill(events, 0);
    }
}
