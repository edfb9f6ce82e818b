package cn.plumbline.web.samples;

import cn.plumbline.events.Actor;
import cn.plumbline.web.commands.LineDoor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads the samples that {@code --samples=NAME,…} asks for, as the actor {@code sample}. Loading a sample again changes
 * nothing, so a load that was cut off is simply repeated.
 */
@Component
public class Samples implements SmartLifecycle {

    /** The samples that there are. */
    public static final List<String> NAMES = List.of("inner-mongolia-2015");

    private static final Logger log = LoggerFactory.getLogger(Samples.class);
    private static final Actor ACTOR = new Actor("sample", "CLERK", null);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int PROGRESS_EVERY_LINES = 50;

    private final List<String> names;
    private final LineDoor door;
    private volatile State state = State.WAITING;
    private volatile @Nullable Disposable loading;

    /** How far the loading is. */
    public enum State {
        /** Not begun, or under way. */
        WAITING,
        /** All that was asked for is recorded. */
        LOADED,
        /** A line was refused, or the journal failed; the log says why. */
        FAILED
    }

    Samples(@Value("${samples:}") List<String> names, LineDoor door) {
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new UnknownSample(name);
            }
        }
        this.names = List.copyOf(names);
        this.door = door;
    }

    /** How far the loading is; a start without samples is loaded at once. */
    public State state() {
        return state;
    }

    @Override
    public void start() {
        loading = Flux.fromIterable(names)
                .concatMap(this::load)
                .then()
                .subscribe(
                        nothing -> {},
                        failure -> {
                            log.error("载入示例失败 loading the samples failed: {}", failure.getMessage(), failure);
                            state = State.FAILED;
                        },
                        () -> state = State.LOADED);
    }

    @Override
    public void stop() {
        Disposable running = loading;
        loading = null;
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return loading != null;
    }

    private Mono<Void> load(String name) {
        AtomicLong lines = new AtomicLong();
        return door.send(
                        DataBufferUtils.read(
                                        new ClassPathResource("samples/" + name + ".ndjson"),
                                        DefaultDataBufferFactory.sharedInstance,
                                        BUFFER_BYTES)
                                .subscribeOn(Schedulers.boundedElastic()),
                        ACTOR)
                .doOnNext(answer -> check(name, answer, lines.incrementAndGet()))
                .then(Mono.fromRunnable(() -> log.info("示例 {} 已载入，共 {} 条命令 sample loaded", name, lines.get())));
    }

    private static void check(String name, ObjectNode answer, long lines) {
        if (answer.has("code")) {
            throw new IllegalStateException("sample " + name + " was refused: " + answer);
        }
        if (lines % PROGRESS_EVERY_LINES == 0) {
            log.info("示例 {}：已处理 {} 条命令 commands so far", name, lines);
        }
    }
}
