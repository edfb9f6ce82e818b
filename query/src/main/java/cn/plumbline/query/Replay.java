package cn.plumbline.query;

import java.util.Set;
import reactor.core.publisher.Mono;

/** Folds a stretch of the journal into a store, as fast as it goes, in bounded batches. */
final class Replay {

    /** How many events are folded and written at a time: large, because a record's document is then written once. */
    private static final int EVENTS_PER_BATCH = 2_000;

    private final EventSource source;
    private final Set<String> types;
    private final Folding folding;

    Replay(Projection projection, EventSource source) {
        this.source = source;
        this.types = projection.types();
        this.folding = new Folding(projection, source);
    }

    /**
     * Takes a store that only this process knows, and that is complete up to {@code after}, to {@code upTo}; fails with
     * {@link DocumentStore.Outdated} when somebody drops it meanwhile.
     */
    Mono<Void> run(DocumentStore store, long after, long upTo) {
        return source.read(types, Set.of(), after, upTo)
                .buffer(EVENTS_PER_BATCH)
                .concatMap(batch -> folding.apply(store.alone(), batch), 1)
                .then(store.requireThere());
    }
}
