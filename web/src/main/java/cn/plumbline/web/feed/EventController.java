package cn.plumbline.web.feed;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Followed;
import cn.plumbline.journal.Journal;
import cn.plumbline.web.parameters.Parameters;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.streams.LiveStreams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.Authentication;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The journal's events: the feed, the live stream, single events. */
@RestController
@RequestMapping("/api/events")
class EventController {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String SINGLE = "application/cloudevents+json";
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final Duration POLL_MAX = Duration.ofSeconds(60);

    private final Journal journal;
    private final LiveStreams streams;

    EventController(@Qualifier("journal") Journal journal, LiveStreams streams) {
        this.journal = journal;
        this.streams = streams;
    }

    @GetMapping(produces = {BATCH, MediaType.APPLICATION_JSON_VALUE})
    Flux<byte[]> page(@RequestParam MultiValueMap<String, String> query, Authentication reader) {
        Parameters parameters = Parameters.of(query, List.of("after", "limit", "type", "tag", "timeout"));
        Criteria criteria = Selection.of(parameters);
        long after = parameters.position("after").orElse(0);
        int limit = parameters.count("limit", LIMIT, LIMIT_MAX);
        Duration timeout = parameters.seconds("timeout", Duration.ZERO, POLL_MAX);
        reached("after", after);
        boolean withSalt = Readers.maySeeSalts(reader);
        Flux<String> events = Flux.defer(() -> journal.read(criteria, after, Long.MAX_VALUE))
                .take(limit)
                .map(event -> CloudEvents.json(journal.name(), event, withSalt));
        return arrival(criteria, after, timeout).thenMany(JsonArray.of(events));
    }

    /** Completes when there is something to read, or when the time is over. */
    private Mono<Void> arrival(Criteria criteria, long after, Duration timeout) {
        if (timeout.isZero() || journal.next(criteria, after).isPresent()) {
            return Mono.empty();
        }
        return journal.follow(criteria, after)
                .ofType(Followed.Event.class)
                .next()
                .takeUntilOther(streams.closing())
                .take(timeout)
                .then();
    }

    @GetMapping(
            // Not the stream, which refuses a wrong media type itself.
            path = "/{position:(?!stream$).+}",
            produces = {SINGLE, MediaType.APPLICATION_JSON_VALUE})
    Mono<byte[]> one(
            @PathVariable String position, @RequestParam MultiValueMap<String, String> query, Authentication reader) {
        Parameters.none(query);
        long wanted = Parameters.position("position", position);
        if (wanted == 0) {
            throw unknown();
        }
        return journal.event(wanted)
                .map(event -> CloudEvents.json(journal.name(), event, Readers.maySeeSalts(reader))
                        .getBytes(StandardCharsets.UTF_8))
                .switchIfEmpty(Mono.error(EventController::unknown));
    }

    private static ProblemException unknown() {
        return ProblemException.of(404, "NOT_FOUND").detail("没有这个位置的事件", "There is no event at this position");
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> stream(
            @RequestParam MultiValueMap<String, String> query,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Authentication reader) {
        Parameters parameters = Parameters.of(query, List.of("after", "type", "tag"));
        Criteria criteria = Selection.of(parameters);
        long after = lastEventId == null
                ? parameters.position("after").orElse(0)
                : Parameters.position("Last-Event-ID", lastEventId);
        reached(lastEventId == null ? "after" : "Last-Event-ID", after);
        boolean withSalt = Readers.maySeeSalts(reader);
        return streams.open(journal.follow(criteria, after).map(followed -> message(followed, withSalt)));
    }

    private ServerSentEvent<String> message(Followed followed, boolean withSalt) {
        ServerSentEvent.Builder<String> message =
                ServerSentEvent.<String>builder().id(Long.toString(followed.position()));
        return switch (followed) {
            case Followed.Event event ->
                message.event(event.event().type())
                        .data(CloudEvents.json(journal.name(), event.event(), withSalt))
                        .build();
            case Followed.Scanned scanned ->
                message.event("caught-up")
                        .data("{\"position\":" + scanned.position() + "}")
                        .build();
        };
    }

    private void reached(String parameter, long position) {
        long head = journal.head();
        if (position > head) {
            throw Parameters.inFuture(parameter, head);
        }
    }
}
