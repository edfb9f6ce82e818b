package cn.plumbline.benchmarks;

import reactor.core.publisher.Mono;

/** Something that stores events on the server, to be timed beside others. */
interface Contender extends AutoCloseable {

    /** Its name in the tables. */
    String name();

    /** How many events one {@link #append} stores. */
    int eventsPerAppend();

    /**
     * Stores the next event of a writer, durably as far as the server is durable.
     *
     * @param writer 0, 1, 2 … ; one append of each at a time
     * @return completes when it is acknowledged
     */
    Mono<?> append(int writer);

    @Override
    default void close() {}
}
