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
     * Writes down that a checkpoint that is kept is the newest, unless a larger one is: whoever kept it may have died
     * before he did.
     */
    Mono<Void> tellNewest(KeptCheckpoint checkpoint);

    /** Checkpoints of trees smaller than a size, largest first. */
    Flux<KeptCheckpoint> below(long size, int limit);
}
