package cn.plumbline.web.proof;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where checkpoints are kept, one for each size; several processes may share it. */
public interface CheckpointStore {

    /**
     * Keeps a checkpoint if there is none of its size.
     *
     * @return whether it was kept; durable then
     */
    Mono<Boolean> insert(KeptCheckpoint checkpoint);

    /** Replaces the note of a checkpoint, to which signatures were added. */
    Mono<Void> replace(KeptCheckpoint checkpoint);

    /** The checkpoint of a size; empty if there is none. */
    Mono<KeptCheckpoint> find(long size);

    /** The checkpoint of the largest size, by what is written down when one is kept, and so found at once. */
    Mono<KeptCheckpoint> newest();

    /**
     * The checkpoint of the largest size, by looking through all of them, which may take a while; {@link #newest} finds
     * it from then on, also when the process that kept it did not come to write that down.
     */
    Mono<KeptCheckpoint> search();

    /** Checkpoints of trees smaller than a size, largest first. */
    Flux<KeptCheckpoint> below(long size, int limit);
}
