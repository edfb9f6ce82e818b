package cn.plumbline.web.pages;

import cn.plumbline.events.Tag;
import cn.plumbline.query.RecordHistory;
import cn.plumbline.web.feed.LeafHashes;
import cn.plumbline.web.pages.Names.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Looking records up, and the history of one as a timeline (记录历史). */
@Controller
final class HistoryPages {

    /** The kinds of record that a search can be narrowed to, in the order of its list. */
    private static final List<String> KINDS =
            List.of("unit", "group", "organ", "person", "committee", "catalogue", "venue");

    private final PageRenderer renderer;
    private final Reading reading;
    private final LeafHashes hashes;

    HistoryPages(PageRenderer renderer, Reading reading, LeafHashes hashes) {
        this.renderer = renderer;
        this.reading = reading;
        this.hashes = hashes;
    }

    /**
     * The timeline's model.
     *
     * @param keyLabel the kind of record in words
     * @param groupLink the group's own page, null for other records
     * @param problem what is wrong with the question, null when nothing is
     */
    public record History(
            String tag,
            String name,
            String keyLabel,
            long head,
            String knownPosition,
            String knownTime,
            List<HistoryModel.Entry> entries,
            @Nullable String groupLink,
            @Nullable String problem) {}

    @GetMapping("/records")
    Mono<Rendering> search(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        String asked = CoveragePages.given(query, "kind");
        String kind = KINDS.contains(asked) ? asked : "";
        String text = CoveragePages.given(query, "q");
        return reading.names()
                .map(names -> names.slice(kind, text, CoveragePages.given(query, "after")))
                .flatMap(found -> renderer.page(
                        exchange, "records", Map.of("query", text, "kind", kind, "kinds", KINDS, "found", found)));
    }

    @GetMapping("/records/{tag}")
    Mono<Rendering> history(@PathVariable String tag, ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Texts texts = renderer.texts(exchange);
        Tag record = parse(tag);
        Moment moment = reading.moment(query);
        return Mono.zip(reading.history(record, moment), reading.names())
                .flatMap(found -> found.getT1()
                        .map(history -> entries(record, history, found.getT2(), texts))
                        .orElse(Mono.just(List.of()))
                        .map(entries -> history(record, moment, found.getT1(), entries, found.getT2(), texts)))
                .flatMap(history -> renderer.page(exchange, "history", Map.of("history", history)));
    }

    private Mono<List<HistoryModel.Entry>> entries(Tag record, RecordHistory history, Names names, Texts texts) {
        return hashes.of(record, history.position())
                .map(found -> new HistoryModel(names, texts, reading.clock().getZone(), found).entries(history));
    }

    private History history(
            Tag record,
            Moment moment,
            Optional<RecordHistory> history,
            List<HistoryModel.Entry> entries,
            Names names,
            Texts texts) {
        Named named = names.of(record.toString());
        String kind = HistoryModel.KINDS.contains(record.key()) ? record.key() : "other";
        String problem = moment.invalid() != null
                ? texts.text("parameter.invalid", texts.parameter(moment.invalid()))
                : history.isEmpty() ? texts.text("parameter.future") : null;
        return new History(
                record.toString(),
                named.name(),
                texts.text("tag." + kind),
                reading.head(),
                moment.knownPosition(),
                moment.knownTime(),
                entries,
                record.key().equals("group") ? "/groups/" + CoverageModel.encoded(record.value()) : null,
                problem);
    }

    private static Tag parse(String tag) {
        try {
            return Tag.parse(tag);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
