package cn.plumbline.command;

import reactor.core.publisher.Mono;

/** Where refused commands are kept, apart from the journal. */
@FunctionalInterface
public interface AttemptLog {

    /** Keeps an attempt; completes when it is durable, which is before the caller gets his answer. */
    Mono<Void> append(Attempt attempt);
}
