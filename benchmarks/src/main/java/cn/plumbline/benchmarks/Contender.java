package cn.plumbline.benchmarks;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * An event store to be measured beside others, alone in its process. All do the same work: an append stores one event
 * with the payload of {@link Sample} and its metadata, and is refused if the entity has changed since the writer's last
 * append; an entity has {@link Sample#EVENTS_PER_ENTITY} events, then the writer begins the next one. May block.
 */
public interface Contender extends AutoCloseable {

    /** Reads one entity by its writer and number, and counts its events. */
    interface Load {
        long events(int writer, int entity);
    }

    /**
     * Begins with an empty store; what was opened before is deleted.
     *
     * @param address where the server is, in a form that the contender knows
     * @param name of the store, new each time
     */
    void open(String address, String name);

    /**
     * Lets writers append, one event after the other each.
     *
     * @param writers how many at once
     * @param more asked before each append of a writer
     * @return acknowledged events
     */
    long append(int writers, IntPredicate more);

    /**
     * Ways to read one entity.
     *
     * @return by name; none if that is not measured
     */
    default Map<String, Load> loads() {
        return Map.of();
    }

    /**
     * Ways to read everything.
     *
     * @return by name, each giving the number of events; none if that is not measured
     */
    default Map<String, LongSupplier> replays() {
        return Map.of();
    }

    /**
     * What is stored, asked for after all else.
     *
     * @return bytes; 0 if that cannot be told
     */
    default long storedBytes() {
        return 0;
    }

    /** Deletes what was stored. */
    @Override
    void close();
}
