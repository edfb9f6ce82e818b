package cn.plumbline.journal;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where the blocks are. */
interface BlockStore {

    /**
     * Stores a block whose number is free; durable on completion. After an error the outcome is unknown: also when the
     * number was taken, because the one who took it may have been an earlier try of the same insert.
     */
    Mono<Void> insert(Block block);

    /**
     * Reads those of the blocks that exist.
     *
     * @param numbers at most {@link #WINDOW}
     * @return them, in order of their numbers, on a thread of the journal
     */
    Mono<List<Block>> find(List<Long> numbers);

    /** Most blocks that are read at once. */
    int WINDOW = 128;
}
