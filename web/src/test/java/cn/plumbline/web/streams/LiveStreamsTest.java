package cn.plumbline.web.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class LiveStreamsTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LiveStreams streams = new LiveStreams(HEARTBEAT);

    @Test
    void beatInEveryInterval() {
        StepVerifier.withVirtualTime(() -> streams.open(Flux.<ServerSentEvent<String>>never()))
                .thenAwait(HEARTBEAT)
                .assertNext(LiveStreamsTest::beat)
                .thenAwait(HEARTBEAT.multipliedBy(2))
                .assertNext(LiveStreamsTest::beat)
                .assertNext(LiveStreamsTest::beat)
                .thenCancel()
                .verify(LIMIT);
    }

    @Test
    void tellWhatTheyAreMadeOfAndEndWithIt() {
        StepVerifier.create(streams.open(Flux.just(event("1"), event("2"))).map(ServerSentEvent::data))
                .expectNext("1", "2")
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void endWhenTheServerStops() {
        StepVerifier.create(streams.open(Flux.<ServerSentEvent<String>>never()))
                .then(streams::stop)
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(streams.closing()).expectComplete().verify(LIMIT);
    }

    @Test
    void failAsWhatTheyAreMadeOf() {
        StepVerifier.create(streams.open(Flux.<ServerSentEvent<String>>error(new IllegalStateException("x"))))
                .expectErrorMessage("x")
                .verify(LIMIT);
    }

    @Test
    void askForLittleMoreThanTheirClientTakes() {
        AtomicLong asked = new AtomicLong();
        Flux<ServerSentEvent<String>> endless =
                Flux.range(1, 1_000_000).map(i -> event(i.toString())).doOnRequest(asked::addAndGet);

        StepVerifier.create(streams.open(endless).map(ServerSentEvent::data), 3)
                .expectNext("1", "2", "3")
                .then(() -> assertThat(asked).hasValueLessThan(40))
                .thenCancel()
                .verify(LIMIT);
    }

    private static void beat(ServerSentEvent<?> event) {
        assertThat(List.of(event.comment() == null, event.data() != null, event.id() != null))
                .containsOnly(false);
    }

    private static ServerSentEvent<String> event(String data) {
        return ServerSentEvent.builder(data).build();
    }
}
