package cn.plumbline.journal.embedded;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The one place where the embedded database's blocking work (opening and closing files, binding a port, waiting for
 * threads to end) meets reactive callers: it runs on Reactor's bounded elastic threads, never on the subscriber's.
 */
final class BlockingWork {

    private BlockingWork() {}

    /** Runs the work at each subscription; an empty result where it returns null. */
    static <T> Mono<T> call(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    /** Work without a result. */
    interface Action {
        void run() throws Exception;
    }

    /** Runs the work at each subscription. */
    static Mono<Void> run(Action work) {
        return call(() -> {
                    work.run();
                    return true;
                })
                .then();
    }
}
