package cn.plumbline.journal;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Reads of blocks that are tried again when the database stumbles, and given up when it stays away. */
final class BlockReads {

    /** A read changes nothing, so it is safe to repeat; more often would hide that the database is down. */
    private static final Retry TRANSIENT_FAILURE = Retry.backoff(3, Duration.ofMillis(50))
            .maxBackoff(Duration.ofSeconds(1))
            .filter(JournalUnavailable::isPassing)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final BlockStore store;
    private final Ticks ticks;

    BlockReads(BlockStore store, Ticks ticks) {
        this.store = store;
        this.ticks = ticks;
    }

    Mono<List<Block>> find(List<Long> numbers) {
        return ticks.limit(Mono.defer(() -> store.find(numbers)), 1).retryWhen(TRANSIENT_FAILURE);
    }
}
