package cn.plumbline.query;

import cn.plumbline.query.Registry.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Finds a projection's documents at a start, or builds them: the first time, after a new version, or when they were
 * lost. Several processes may start at once; all of them then use the documents of the one that registered first.
 */
record FirstBuild(Projection projection, EventSource source, Registry registry) {

    private static final Logger LOG = LoggerFactory.getLogger(FirstBuild.class);

    /** The registration of documents that are there and of this version. */
    Mono<Entry> entry() {
        return usable().switchIfEmpty(Mono.defer(this::build));
    }

    private Mono<Entry> usable() {
        return registry.find()
                .filter(entry -> entry.version() == projection.version())
                .filterWhen(entry -> registry.store(entry.collection()).isThere());
    }

    private Mono<Entry> build() {
        return registry.find().map(Entry::generation).defaultIfEmpty(0L).flatMap(generation -> {
            DocumentStore store = registry.store(registry.newName(generation + 1));
            long head = source.head();
            LOG.info("Building {} from {} events", store.name(), head);
            return store.begin()
                    .then(new Replay(projection, source).run(store, 0, head))
                    .then(register(new Entry(projection.version(), store.name(), generation + 1, head, 1)));
        });
    }

    /** Another process may have built the same meanwhile; then its documents are used. */
    private Mono<Entry> register(Entry built) {
        Mono<Entry> theirs = usable().flatMap(
                        entry -> registry.store(built.collection()).drop().thenReturn(entry));
        Mono<Entry> replaced = registry.takeOverFromAnyVersion().flatMap(old -> {
            Entry mine = new Entry(
                    built.version(), built.collection(), built.generation(), built.position(), old.epoch() + 1);
            return registry.replace(old, mine)
                    .flatMap(done ->
                            done ? registry.store(old.collection()).drop().thenReturn(mine) : register(built));
        });
        return registry.insert(built).flatMap(first -> first ? Mono.just(built) : theirs.switchIfEmpty(replaced));
    }
}
