package cn.plumbline.web.boot;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Waits on the main thread while the parts of the system are opened and closed, one after the other: nothing serves
 * yet, or any longer, so nobody is held up. The only blocking of the product.
 */
final class Opening {

    /** Reading a long journal at the start may take this long. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Opening() {}

    /** What the publisher gives. */
    static <T> T await(Mono<T> opening) {
        return opening.switchIfEmpty(Mono.error(() -> new IllegalStateException("nothing was opened")))
                .toFuture()
                .orTimeout(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    /** Waits for the end of something. */
    static void complete(Mono<Void> closing, Duration limit) {
        var unused = closing.toFuture()
                .orTimeout(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .join();
    }
}
