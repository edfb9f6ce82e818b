package cn.plumbline.web.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.RealApplication;
import cn.plumbline.web.Visitor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RealApplication
class EventStreamTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    @Qualifier("journal")
    private Journal journal;

    @LocalServerPort
    private int port;

    private final String mark = "S" + UUID.randomUUID();
    private Visitor integrator;
    private long before;

    @BeforeEach
    void remembersWhereItBegan() {
        integrator = new Visitor(port, "integrator");
        before = journal.head();
    }

    @Test
    void tellsEventsThenThatItHasCaughtUp() {
        append(Facts.unit(mark), Facts.organ(mark));

        List<ServerSentEvent<String>> told = events(
                        integrator.stream(headers -> {}, "/api/events/stream?after={after}", before))
                .take(3)
                .collectList()
                .block(LIMIT);

        assertThat(told)
                .extracting(ServerSentEvent::event)
                .containsExactly("orgregistry.UnitRegistered", "orgregistry.OrganRegistered", "caught-up");
        assertThat(told)
                .extracting(ServerSentEvent::id)
                .containsExactly(Long.toString(before + 1), Long.toString(before + 2), Long.toString(before + 2));
        assertThat(told.getFirst().data()).contains("\"position\":" + (before + 1));
    }

    @Test
    void tellsHowFarItHasLookedWhenNothingMatches() {
        append(Facts.unit(mark), Facts.unit(mark + "b"));

        ServerSentEvent<String> told = events(integrator.stream(
                        headers -> {}, "/api/events/stream?after={after}&tag=unit:none-{mark}", before, mark))
                .blockFirst(LIMIT);

        assertThat(told.event()).isEqualTo("caught-up");
        assertThat(told.id()).isEqualTo(Long.toString(before + 2));
    }

    @Test
    void resumesAfterTheLastEventIdWhateverTheQuerySays() {
        append(Facts.unit(mark), Facts.unit(mark), Facts.unit(mark));

        ServerSentEvent<String> told = events(integrator.stream(
                        headers -> headers.set("Last-Event-ID", Long.toString(before + 2)),
                        "/api/events/stream?after=0&tag=unit:{mark}",
                        mark))
                .blockFirst(LIMIT);

        assertThat(told.id()).isEqualTo(Long.toString(before + 3));
    }

    @Test
    void refusesToResumeWhereNothingHasBeenYet() {
        for (String id : List.of(Long.toString(journal.head() + 1_000_000), "x", "-1")) {
            assertThatExceptionOfType(WebClientResponseException.BadRequest.class)
                    .as(id)
                    .isThrownBy(
                            () -> integrator.stream(headers -> headers.set("Last-Event-ID", id), "/api/events/stream")
                                    .blockFirst(LIMIT));
        }
    }

    @Test
    void beatsWhileNothingHappens() {
        List<ServerSentEvent<String>> beats = integrator.stream(
                        headers -> {}, "/api/events/stream?after={after}&tag=unit:none-{mark}", before, mark)
                .filter(event -> event.event() == null)
                .take(2)
                .collectList()
                .block(LIMIT);

        assertThat(beats).hasSize(2).allSatisfy(beat -> {
            assertThat(beat.data()).isNull();
            assertThat(beat.id()).isNull();
        });
    }

    @Test
    void killedAndResumedAtRandomMomentsUnderLoadSeesEveryPositionOnceAndInOrder() {
        long seed = Long.getLong("plumbline.seed", System.nanoTime());
        int total = 600;
        Random random = new Random(seed);
        Random pauses = new Random(seed);
        Disposable writers = Flux.just(units(0, total))
                .flatMap(
                        event -> journal.append(List.of(event), AppendCondition.none())
                                .delaySubscription(Duration.ofMillis(pauses.nextInt(7))),
                        8)
                .subscribe();

        List<Long> seen = new ArrayList<>();
        long last = before;
        while (last < before + total) {
            String resumeAt = Long.toString(last);
            Duration patience = Duration.ofMillis(random.nextInt(50));
            // Killed after some events, or when no other follows for a moment.
            List<ServerSentEvent<String>> told = integrator.stream(
                            headers -> headers.set("Last-Event-ID", resumeAt), "/api/events/stream")
                    .filter(event -> event.id() != null)
                    .take(1 + random.nextInt(40))
                    .timeout(Mono.never(), event -> Mono.delay(patience), Mono.empty())
                    .collectList()
                    .block(LIMIT);
            for (ServerSentEvent<String> event : told) {
                last = Long.parseLong(event.id());
                if (!"caught-up".equals(event.event())) {
                    seen.add(last);
                }
            }
        }
        writers.dispose();

        assertThat(seen)
                .as("seed %d", seed)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + total)
                        .boxed()
                        .toList());
    }

    @Test
    void isSlowedBySomeoneWhoDoesNotReadAndSkipsNothing() throws IOException {
        int total = 4_000;
        for (int i = 0; i < total; i += 200) {
            append(units(i, 200));
        }
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 * 1024);
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(request(before).getBytes(StandardCharsets.US_ASCII));
            // Nothing is read here while as much again is written.
            for (int i = 0; i < total; i += 200) {
                append(units(total + i, 200));
            }
            List<Long> seen = new ArrayList<>();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String id = "";
            while (seen.size() < 2 * total) {
                String line = lines.readLine();
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("id:")) {
                    id = line.substring("id:".length());
                } else if (line.startsWith("event:") && !line.equals("event:caught-up")) {
                    seen.add(Long.parseLong(id));
                }
            }
            assertThat(seen)
                    .isEqualTo(LongStream.rangeClosed(before + 1, before + 2L * total)
                            .boxed()
                            .toList());
        }
    }

    private String request(long after) {
        String credentials =
                Base64.getEncoder().encodeToString("integrator:integrator".getBytes(StandardCharsets.US_ASCII));
        return "GET /api/events/stream?after=" + after + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Basic " + credentials + "\r\nAccept: text/event-stream\r\n\r\n";
    }

    private NewEvent[] units(int from, int count) {
        NewEvent[] events = new NewEvent[count];
        for (int i = 0; i < count; i++) {
            events[i] = Facts.unit(mark + "-" + (from + i));
        }
        return events;
    }

    private void append(NewEvent... events) {
        assertThat(journal.append(List.of(events), AppendCondition.none()).block(LIMIT))
                .isNotNull();
    }

    /** Without heartbeats. */
    private static Flux<ServerSentEvent<String>> events(Flux<ServerSentEvent<String>> stream) {
        return stream.filter(event -> event.event() != null);
    }
}
