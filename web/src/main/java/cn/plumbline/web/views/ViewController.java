package cn.plumbline.web.views;

import cn.plumbline.events.EventJson;
import cn.plumbline.query.EventSource;
import cn.plumbline.query.ViewAnswer;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewRequest;
import cn.plumbline.query.ViewUpdate;
import cn.plumbline.query.Views;
import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.streams.LiveStreams;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The views: what there are, their answers, and their live streams. */
@RestController
@RequestMapping("/api/views")
class ViewController {

    private static final String CSV = "text/csv";
    private static final MediaType CSV_TYPE = MediaType.valueOf(CSV);
    private static final MediaType CSV_UTF_8 = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final List<Locale> LANGUAGES = List.of(Locale.SIMPLIFIED_CHINESE, Locale.CHINESE, Locale.ENGLISH);

    private final Views views;
    private final EventSource source;
    private final LiveStreams streams;
    private final Clock clock;
    private final List<Entry> catalogue;

    ViewController(Views views, EventSource source, LiveStreams streams, Clock clock) {
        this.views = views;
        this.source = source;
        this.streams = streams;
        this.clock = clock;
        this.catalogue = views.all().stream().map(ViewController::entry).toList();
    }

    /** A filter of a view. */
    record Filter(String name, boolean required, Message title) {}

    /** A view in the catalogue, with the schema of its answer. */
    record Entry(
            String name,
            int version,
            Message title,
            List<Filter> parameters,
            boolean paged,
            boolean csv,
            boolean stream,
            ObjectNode schema) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    List<Entry> all() {
        return catalogue;
    }

    @GetMapping(
            path = "/{view}",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    Mono<ResponseEntity<byte[]>> ask(
            @PathVariable String view, @RequestParam MultiValueMap<String, String> query, ServerHttpRequest request) {
        ViewDefinition definition = definition(view);
        Question question = Question.once(definition, query, asksForCsv(request), source, clock);
        return reached(view, question)
                .then(Mono.defer(() -> views.query(view, question.request())))
                .map(answer -> response(definition, question, answer, request));
    }

    @GetMapping(path = "/{view}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> follow(@PathVariable String view, @RequestParam MultiValueMap<String, String> query) {
        ViewDefinition definition = definition(view);
        if (!definition.stream()) {
            throw ProblemException.of(404, "NOT_FOUND").detail("该视图没有实时流", "This view has no stream");
        }
        ViewRequest request = Question.live(definition, query, source, clock);
        return streams.open(views.stream(view, request).map(update -> message(view, update)));
    }

    /** Whether a table is wanted, where the address does not say. */
    private static boolean asksForCsv(ServerHttpRequest request) {
        List<MediaType> accepted = request.getHeaders().getAccept();
        return accepted.stream().anyMatch(CSV_TYPE::equalsTypeAndSubtype)
                && accepted.stream().noneMatch(MediaType.APPLICATION_JSON::isCompatibleWith);
    }

    private ViewDefinition definition(String name) {
        return views.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.of(404, "UNKNOWN_VIEW").with("view", name));
    }

    private Mono<Void> reached(String view, Question question) {
        if (question.waitFor().isEmpty()) {
            return Mono.empty();
        }
        long wanted = question.waitFor().getAsLong();
        return views.await(view, wanted)
                .timeout(question.waitTimeout())
                .onErrorMap(
                        TimeoutException.class,
                        late -> ProblemException.of(504, "TIMEOUT")
                                .with("waitFor", wanted)
                                .with("position", views.position(view)))
                .then();
    }

    private static ResponseEntity<byte[]> response(
            ViewDefinition definition, Question question, ViewAnswer answer, ServerHttpRequest request) {
        Locale language = language(question, request);
        ResponseEntity.BodyBuilder response = ResponseEntity.ok()
                .eTag(tag(question, answer, language))
                // To be asked again every time, but answered without a body while nothing has changed.
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        if (answer.next() != null) {
            response.header(HttpHeaders.LINK, "<" + next(request, answer.next()) + ">; rel=\"next\"");
        }
        if (!question.csv()) {
            return response.contentType(MediaType.APPLICATION_JSON)
                    .body(EventJson.mapper().writeValueAsBytes(ViewJson.answer(answer)));
        }
        ContentDisposition file = ContentDisposition.attachment()
                .filename(answer.view() + "-" + answer.asOf() + ".csv")
                .build();
        return response.contentType(CSV_UTF_8)
                .header(HttpHeaders.CONTENT_DISPOSITION, file.toString())
                .header(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag())
                .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
                .body(Csv.table(definition.rowType(), answer.rows(), language));
    }

    /** Of the parameter, else the one that the client likes best of ours, else Chinese. */
    private static Locale language(Question question, ServerHttpRequest request) {
        if (question.language() != null) {
            return question.language();
        }
        try {
            Locale liked = Locale.lookup(request.getHeaders().getAcceptLanguage(), LANGUAGES);
            return liked == null ? Locale.SIMPLIFIED_CHINESE : liked;
        } catch (IllegalArgumentException malformed) {
            return Locale.SIMPLIFIED_CHINESE;
        }
    }

    /** Weak, since equal answers need not be equal bytes; everybody who may ask a view is told the same. */
    private static String tag(Question question, ViewAnswer answer, Locale language) {
        return "W/\"%d-%d-%s-%s-%s-all\""
                .formatted(
                        answer.version(),
                        answer.position(),
                        answer.asOf(),
                        answer.knownAt() == null ? "now" : answer.knownAt(),
                        question.csv() ? "csv." + language.toLanguageTag() : "json");
    }

    /** The same question from another place on; built of what was understood of it, and encoded once. */
    private static String next(ServerHttpRequest asked, String after) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath(asked.getURI().getRawPath());
        asked.getQueryParams()
                .forEach((name, values) -> values.stream()
                        .filter(value -> value != null && !name.equals("after"))
                        .forEach(value -> address.queryParam(
                                UriUtils.encode(name, StandardCharsets.UTF_8),
                                UriUtils.encode(value, StandardCharsets.UTF_8))));
        return address.queryParam("after", UriUtils.encode(after, StandardCharsets.UTF_8))
                .build(true)
                .toUriString();
    }

    private static ServerSentEvent<String> message(String view, ViewUpdate update) {
        ServerSentEvent.Builder<String> message =
                ServerSentEvent.<String>builder().id(Long.toString(update.position()));
        return switch (update) {
            case ViewUpdate.Snapshot snapshot ->
                message.event("snapshot")
                        .data(EventJson.write(ViewJson.answer(snapshot.answer())))
                        .build();
            case ViewUpdate.Update change ->
                message.event("update")
                        .data(EventJson.write(ViewJson.update(view, change)))
                        .build();
        };
    }

    private static Entry entry(ViewDefinition view) {
        return new Entry(
                view.name(),
                view.version(),
                new Message(view.zh(), view.en()),
                view.parameters().stream()
                        .map(each -> new Filter(each.name(), each.required(), new Message(each.zh(), each.en())))
                        .toList(),
                view.paged(),
                view.table(),
                view.stream(),
                ViewJson.schema(view));
    }
}
