package cn.plumbline.web.streams;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Keeps streams of server-sent events alive and lets them end: a comment goes out in every interval, so that proxies
 * and clients see that the line is open, and all streams are completed before the web server waits for its requests.
 */
@Component
public class LiveStreams implements SmartLifecycle {

    /** How many elements are taken from a stream ahead of its client. */
    private static final int AHEAD = 16;

    private final Duration heartbeat;
    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile boolean running;

    LiveStreams(@Value("${plumbline.streams.heartbeat:15s}") Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /**
     * The stream with heartbeats, until it or the server ends. It is asked for no more than its client takes; a client
     * that takes nothing gets no heartbeats either.
     */
    public <T> Flux<ServerSentEvent<T>> open(Flux<ServerSentEvent<T>> events) {
        Flux<ServerSentEvent<T>> beats = Flux.interval(heartbeat)
                .onBackpressureDrop()
                .map(beat -> ServerSentEvent.<T>builder().comment("").build());
        return Flux.defer(() -> {
            Sinks.Empty<Void> ended = Sinks.empty();
            Flux<ServerSentEvent<T>> told = events.doFinally(signal -> end(ended));
            return Flux.merge(AHEAD, told, beats.takeUntilOther(ended.asMono())).takeUntilOther(closing());
        });
    }

    /** Completes when the server begins to stop; what waits for something to happen ends then. */
    public Mono<Void> closing() {
        return Mono.defer(() -> closing.asMono());
    }

    @Override
    public void start() {
        closing = Sinks.empty();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        end(closing);
    }

    private static void end(Sinks.Empty<Void> sink) {
        // Fails only when the sink has been completed already.
        var unused = sink.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop, before the web server's graceful shutdown. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
