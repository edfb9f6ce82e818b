package cn.plumbline.web.pages;

import cn.plumbline.web.pages.Names.Named;
import cn.plumbline.web.pages.Reading.Answer;
import cn.plumbline.web.parameters.Parameters;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The group directory (派驻机构名录) and a page per group. */
@Controller
final class GroupPages {

    private static final String VIEW = "group-directory";

    private final PageRenderer renderer;
    private final Reading reading;

    GroupPages(PageRenderer renderer, Reading reading) {
        this.renderer = renderer;
        this.reading = reading;
    }

    /**
     * The directory's model.
     *
     * @param list null when there is no organ or a problem
     * @param problem what is wrong with the question, null when nothing is
     */
    public record Directory(
            List<Named> organs,
            String organ,
            LocalDate asOf,
            String knownPosition,
            long head,
            GroupModel.@Nullable Directory list,
            @Nullable String problem,
            String csvLink) {}

    @GetMapping("/groups")
    Mono<Rendering> groups(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Texts texts = renderer.texts(exchange);
        return reading.await(VIEW, query)
                .flatMap(reached -> reading.names().flatMap(names -> directory(query, names, texts, reached)))
                .flatMap(directory -> renderer.page(
                        exchange, "groups", "part/groups :: groups", HttpStatus.OK, Map.of("directory", directory)));
    }

    private Mono<Directory> directory(MultiValueMap<String, String> query, Names names, Texts texts, boolean reached) {
        List<Named> organs = names.all("organ");
        String organ = CoveragePages.chosen(query.getFirst("organ"), organs);
        Moment moment = reading.moment(query);
        if (organ.isEmpty()) {
            return Mono.just(directory(organs, organ, moment, null, texts, null));
        }
        String after = CoveragePages.given(query, "after");
        return reading.view(VIEW, moment, Map.of("organ", organ), after)
                .map(answer -> directory(
                        organs,
                        organ,
                        moment,
                        answer.body() == null ? null : GroupModel.directory(answer.body(), after.isEmpty(), texts),
                        texts,
                        CoveragePages.problem(answer, organs, texts, query, reached)));
    }

    private Directory directory(
            List<Named> organs,
            String organ,
            Moment moment,
            GroupModel.@Nullable Directory list,
            Texts texts,
            @Nullable String problem) {
        return new Directory(
                organs,
                organ,
                moment.asOf(),
                moment.knownPosition(),
                reading.head(),
                list,
                problem,
                CoveragePages.csvLink(VIEW, organ, moment, texts));
    }

    @GetMapping("/groups/{id}")
    Mono<Rendering> group(@PathVariable String id, ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Texts texts = renderer.texts(exchange);
        Moment moment = reading.moment(query);
        return reading.await(VIEW, query)
                .flatMap(reached -> reading.view(VIEW, moment, Map.of("group", id)))
                .zipWith(reading.names(), (answer, names) -> group(answer, moment, names, texts))
                .flatMap(group -> renderer.page(exchange, "group", Map.of("group", group)));
    }

    private static GroupModel.Group group(Answer answer, Moment moment, Names names, Texts texts) {
        if (answer.body() == null) {
            String parameter = texts.parameter(answer.argument());
            throw Parameters.invalid(parameter, "的值无效", "not valid");
        }
        JsonNode found = answer.body().path("groups").path(0);
        if (found.isMissingNode()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return GroupModel.group(found, moment.asOf().toString(), names, texts);
    }
}
