package cn.plumbline.web.feed;

import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.Schemas;
import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The catalogue of the types of event. */
@RestController
@RequestMapping("/api/event-types")
class EventTypeController {

    private static final String SCHEMA = "application/schema+json";

    private static final List<Entry> ENTRIES =
            EventCatalogue.all().stream().map(EventTypeController::entry).toList();

    /**
     * One type in its newest version.
     *
     * @param schema where the JSON Schema of its payload is
     */
    record Entry(String type, String version, String context, Message title, String schema) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    List<Entry> all() {
        return ENTRIES;
    }

    @GetMapping(
            path = "/{type}/{version}/schema",
            produces = {SCHEMA, MediaType.APPLICATION_JSON_VALUE})
    ObjectNode schema(@PathVariable String type, @PathVariable String version) {
        EventDefinition definition = EventCatalogue.find(type);
        if (definition == null
                || !definition.version().equals(version)
                || !definition.payload().isRecord()) {
            throw ProblemException.of(404, "NOT_FOUND")
                    .detail("没有这个事件类型或版本", "There is no such type of event, or not in this version");
        }
        return Schemas.of(definition.payload().asSubclass(Record.class));
    }

    /** Where the schema of a type's payload is. */
    static String schemaPath(String type, String version) {
        return "/api/event-types/" + type + "/" + version + "/schema";
    }

    private static Entry entry(EventDefinition definition) {
        return new Entry(
                definition.type(),
                definition.version(),
                definition.context(),
                new Message(definition.zh(), definition.en()),
                schemaPath(definition.type(), definition.version()));
    }
}
