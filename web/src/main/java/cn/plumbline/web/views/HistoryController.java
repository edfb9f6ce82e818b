package cn.plumbline.web.views;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Tag;
import cn.plumbline.query.EventSource;
import cn.plumbline.query.RecordHistory;
import cn.plumbline.query.Views;
import cn.plumbline.web.feed.LeafHashes;
import cn.plumbline.web.parameters.Parameters;
import cn.plumbline.web.problems.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All that was ever recorded of one record. */
@RestController
class HistoryController {

    private final Views views;
    private final EventSource source;
    private final LeafHashes leafHashes;

    HistoryController(Views views, EventSource source, LeafHashes leafHashes) {
        this.views = views;
        this.source = source;
        this.leafHashes = leafHashes;
    }

    @GetMapping(path = "/api/records/{tag}/history", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ObjectNode> history(@PathVariable String tag, @RequestParam MultiValueMap<String, String> query) {
        Tag record = record(tag);
        Parameters parameters = Parameters.of(query, List.of("knownAt"));
        OptionalLong knownAt = Question.knownAt(parameters, source);
        return views.history(record, knownAt)
                .filter(history -> !history.entries().isEmpty() || knownAt.isPresent())
                .switchIfEmpty(Mono.error(
                        () -> ProblemException.of(404, "UNKNOWN_RECORD").with("record", record.toString())))
                .flatMap(history -> leafHashes.of(record, history.position()).map(leaves -> json(history, leaves)));
    }

    private static Tag record(String text) {
        try {
            return Tag.parse(text);
        } catch (IllegalArgumentException e) {
            throw Parameters.invalid("tag", "须为 key:value（如 unit:002）", "a tag, key:value, such as unit:002");
        }
    }

    private static ObjectNode json(RecordHistory history, Map<Long, String> leaves) {
        ObjectNode json = EventJson.mapper().valueToTree(history);
        for (JsonNode entry : json.path("entries")) {
            ((ObjectNode) entry)
                    .put("leafHash", leaves.get(entry.path("position").asLong()));
        }
        return json;
    }
}
