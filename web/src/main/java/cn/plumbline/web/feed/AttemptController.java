package cn.plumbline.web.feed;

import cn.plumbline.events.EventJson;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.web.parameters.Parameters;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/** The commands that were refused, in the order of their refusal; positions are those of a chain of their own. */
@RestController
class AttemptController {

    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    private final Journal attempts;

    AttemptController(@Qualifier("attempts") Journal attempts) {
        this.attempts = attempts;
    }

    @GetMapping(path = "/api/attempts", produces = MediaType.APPLICATION_JSON_VALUE)
    Flux<byte[]> page(@RequestParam MultiValueMap<String, String> query) {
        Parameters parameters = Parameters.of(query, List.of("after", "limit"));
        long after = parameters.position("after").orElse(0);
        int limit = parameters.count("limit", LIMIT, LIMIT_MAX);
        if (after > attempts.head()) {
            throw Parameters.inFuture("after", attempts.head());
        }
        return JsonArray.of(
                attempts.read(Criteria.all(), after, Long.MAX_VALUE).take(limit).map(AttemptController::json));
    }

    private static String json(StoredEvent attempt) {
        ObjectNode json = EventJson.mapper().createObjectNode();
        json.put("position", attempt.position());
        json.put("recordedAt", attempt.recordedAt().toString());
        json.put("leafHash", HexFormat.of().formatHex(attempt.leafHash()));
        json.setAll((ObjectNode) EventJson.mapper().readTree(attempt.payload()));
        return json.toString();
    }
}
