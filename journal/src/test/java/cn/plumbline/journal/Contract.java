package cn.plumbline.journal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A part of what an event log promises, each test on a log that is empty at first. */
public abstract class Contract {

    private EventLog log;

    /** An empty log. */
    protected abstract EventLog open();

    /** How long anything may take. */
    final Duration limit() {
        return log.limit();
    }

    @BeforeEach
    final void openLog() {
        log = open();
    }

    @AfterEach
    final void closeLog() {
        log.close();
    }

    final EventLog log() {
        return log;
    }

    final void reopen() {
        log = log.reopened();
    }

    @CanIgnoreReturnValue
    final Appended append(NewEvent... events) {
        return append(AppendCondition.none(), events);
    }

    @CanIgnoreReturnValue
    final Appended append(AppendCondition condition, NewEvent... events) {
        return log.append(List.of(events), condition).block(limit());
    }

    final <T> T read(Mono<T> mono) {
        return mono.block(limit());
    }

    final List<StoredEvent> read(Flux<StoredEvent> flux) {
        return flux.collectList().block(limit());
    }

    final void await(Flux<?> flux) {
        var unused = flux.blockLast(limit());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
