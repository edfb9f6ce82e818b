package cn.plumbline.web.proof;

import java.util.concurrent.ConcurrentSkipListMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Checkpoints in a map. */
final class MemoryCheckpoints implements CheckpointStore {

    private final ConcurrentSkipListMap<Long, KeptCheckpoint> kept = new ConcurrentSkipListMap<>();

    @Override
    public Mono<Boolean> insert(KeptCheckpoint checkpoint) {
        return Mono.fromSupplier(() -> kept.putIfAbsent(checkpoint.size(), checkpoint) == null);
    }

    @Override
    public Mono<Void> replace(KeptCheckpoint checkpoint) {
        return Mono.fromRunnable(() -> kept.put(checkpoint.size(), checkpoint));
    }

    @Override
    public Mono<KeptCheckpoint> find(long size) {
        return Mono.fromSupplier(() -> kept.get(size));
    }

    @Override
    public Mono<KeptCheckpoint> newest() {
        return Mono.fromSupplier(() -> kept.isEmpty() ? null : kept.lastEntry().getValue());
    }

    @Override
    public Mono<Void> tellNewest(KeptCheckpoint checkpoint) {
        return Mono.empty();
    }

    @Override
    public Flux<KeptCheckpoint> below(long size, int limit) {
        return Flux.defer(() ->
                Flux.fromIterable(kept.headMap(size).descendingMap().values()).take(limit));
    }
}
