package cn.plumbline.web.pages;

import cn.plumbline.web.pages.Names.Named;
import cn.plumbline.web.pages.Reading.Answer;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The coverage map (派驻覆盖图), the page that the product opens with. */
@Controller
final class CoveragePages {

    private static final String VIEW = "coverage-map";

    private final PageRenderer renderer;
    private final Reading reading;
    private final String[] scripts = {WebJars.echarts(), "/js/coverage.js"};

    CoveragePages(PageRenderer renderer, Reading reading) {
        this.renderer = renderer;
        this.reading = reading;
    }

    /**
     * The page's model.
     *
     * @param organ the id of the organ shown, empty when none is registered
     * @param map null when there is no organ or a problem
     * @param problem what is wrong with the question, null when nothing is
     * @param summary the figures in a sentence, for screen readers
     * @param changePoints the days on which the map may change
     */
    public record Coverage(
            List<Named> organs,
            String organ,
            LocalDate today,
            LocalDate asOf,
            String knownPosition,
            String knownTime,
            @Nullable LocalDate comparedTo,
            String unitsAfter,
            String blindAfter,
            long head,
            long position,
            CoverageModel.@Nullable Map map,
            @Nullable String problem,
            String standing,
            String summary,
            List<String> changePoints,
            String csvLink) {}

    @GetMapping("/")
    Mono<ResponseEntity<Void>> home(Authentication user) {
        return Mono.just(ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(renderer.home(user)))
                .build());
    }

    @GetMapping("/coverage")
    Mono<Rendering> coverage(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Texts texts = renderer.texts(exchange);
        return reading.await(VIEW, query)
                .flatMap(reached -> reading.names().flatMap(names -> coverage(query, names, texts, reached)))
                .flatMap(coverage -> renderer.page(
                        exchange,
                        "coverage",
                        "part/coverage :: coverage",
                        HttpStatus.OK,
                        Map.of("coverage", coverage),
                        scripts));
    }

    private Mono<Coverage> coverage(MultiValueMap<String, String> query, Names names, Texts texts, boolean reached) {
        List<Named> organs = names.all("organ");
        String organ = chosen(query.getFirst("organ"), organs);
        Moment moment = reading.moment(query);
        if (organ.isEmpty()) {
            return Mono.just(coverage(organs, organ, moment, query, null, texts, null));
        }
        Map<String, String> filters = new HashMap<>(Map.of("organ", organ));
        LocalDate comparedTo = day(query.getFirst("comparedTo"));
        if (comparedTo != null) {
            filters.put("comparedTo", comparedTo.toString());
        }
        return reading.view(VIEW, moment, filters)
                .map(answer -> coverage(
                        organs,
                        organ,
                        moment,
                        query,
                        answer.body(),
                        texts,
                        problem(answer, organs, texts, query, reached)));
    }

    /** The organ asked for where it exists, else the first. */
    static String chosen(@Nullable String asked, List<Named> organs) {
        return organs.stream()
                .map(Named::id)
                .filter(id -> id.equals(asked))
                .findFirst()
                .orElse(organs.isEmpty() ? "" : organs.getFirst().id());
    }

    /** What to tell above the answer, null when all is well. */
    static @Nullable String problem(
            Answer answer, List<Named> organs, Texts texts, MultiValueMap<String, String> query, boolean reached) {
        String problem = answer.problem();
        if (problem != null) {
            return texts.text(problem, texts.parameter(answer.argument()));
        }
        String organ = query.getFirst("organ");
        if (organ != null && !organ.isBlank() && !organ.equals(chosen(organ, organs))) {
            return texts.text("parameter.invalid", texts.parameter("organ"));
        }
        String comparedTo = query.getFirst("comparedTo");
        if (comparedTo != null && !comparedTo.isBlank() && day(comparedTo) == null) {
            return texts.text("parameter.invalid", texts.parameter("comparedTo"));
        }
        String waitFor = query.getFirst("waitFor");
        return reached || waitFor == null ? null : texts.text("waiting.late", Long.valueOf(waitFor));
    }

    /** A parameter, empty where it is absent. */
    static String given(MultiValueMap<String, String> query, String name) {
        String value = query.getFirst(name);
        return value == null ? "" : value;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Coverage coverage(
            List<Named> organs,
            String organ,
            Moment moment,
            MultiValueMap<String, String> query,
            @Nullable ObjectNode body,
            Texts texts,
            @Nullable String problem) {
        JsonNode answer = body == null ? MissingNode.getInstance() : body;
        long position = answer.path("position").asLong(0);
        String unitsAfter = given(query, "unitsAfter");
        String blindAfter = given(query, "blindAfter");
        CoverageModel.Map map = body == null ? null : CoverageModel.of(body, unitsAfter, blindAfter, texts);
        return new Coverage(
                organs,
                organ,
                LocalDate.now(reading.clock()),
                moment.asOf(),
                moment.knownPosition(),
                moment.knownTime(),
                day(query.getFirst("comparedTo")),
                unitsAfter,
                blindAfter,
                reading.head(),
                position,
                map,
                problem,
                map == null ? "" : texts.text("coverage.standing", moment.asOf(), position),
                map == null ? "" : summary(map, moment, texts),
                answer.path("changePoints")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList(),
                csvLink(VIEW, organ, moment, texts));
    }

    private static String summary(CoverageModel.Map map, Moment moment, Texts texts) {
        return texts.text("coverage.summary", moment.asOf(), map.covered(), map.total(), map.blind());
    }

    /** Where the table of a view is as CSV, in the language of the page. */
    static String csvLink(String view, String organ, Moment moment, Texts texts) {
        UriComponentsBuilder link = UriComponentsBuilder.fromPath("/api/views/" + view)
                .queryParam("organ", CoverageModel.encoded(organ))
                .queryParam("asOf", moment.asOf());
        moment.knownAt().ifPresent(position -> link.queryParam("knownAt", position));
        return link.queryParam("format", "csv")
                .queryParam("lang", texts.language().tag())
                .build(true)
                .toUriString();
    }
}
