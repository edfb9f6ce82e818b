package cn.plumbline.journal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Wakes those who wait for something to happen. It says only that they should look again.
 */
final class Bell {

    private final Set<MonoSink<Void>> waiting = ConcurrentHashMap.newKeySet();
    private final Scheduler scheduler;

    /**
     * @param scheduler where those who wait go on
     */
    Bell(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Waits for the next ring, or not at all if it has happened already.
     *
     * @param happened asked once after the wait has begun, so that no ring is lost in between
     */
    Mono<Void> await(BooleanSupplier happened) {
        return Mono.<Void>create(sink -> {
                    waiting.add(sink);
                    var unused = sink.onDispose(() -> waiting.remove(sink));
                    if (happened.getAsBoolean()) {
                        sink.success();
                    }
                })
                .publishOn(scheduler);
    }

    void ring() {
        if (!waiting.isEmpty()) {
            waiting.forEach(MonoSink::success);
        }
    }

    int waiting() {
        return waiting.size();
    }
}
