package cn.plumbline.web.views;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Schemas;
import cn.plumbline.query.ViewAnswer;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.ViewUpdate;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of answers: what every answer has, then the fields of its body beside them. */
final class ViewJson {

    private static final List<String> LIMITS = List.of("maxItems", "maxLength");

    private ViewJson() {}

    static ObjectNode answer(ViewAnswer answer) {
        ObjectNode json = EventJson.mapper().createObjectNode();
        json.put("view", answer.view());
        json.put("version", answer.version());
        json.put("asOf", answer.asOf().toString());
        json.put("knownAt", answer.knownAt());
        json.put("position", answer.position());
        return json.setAll((ObjectNode) EventJson.mapper().valueToTree(answer.body()));
    }

    static ObjectNode update(String view, ViewUpdate.Update update) {
        ObjectNode json = EventJson.mapper().createObjectNode();
        json.put("view", view);
        json.put("position", update.position());
        json.set("rows", EventJson.mapper().valueToTree(update.rows()));
        json.set("removed", EventJson.mapper().valueToTree(update.removed()));
        json.set("totals", EventJson.mapper().valueToTree(update.totals()));
        return json;
    }

    /** The schema of a view's answer. */
    static ObjectNode schema(ViewDefinition view) {
        ObjectNode schema = Schemas.of(view.answerType());
        unlimited(schema);
        ObjectNode own = schema.withObject("/properties");
        own.putObject("view").put("const", view.name());
        own.putObject("version").put("const", view.version());
        own.putObject("asOf").put("type", "string").put("format", "date");
        own.putObject("knownAt").putArray("type").add("integer").add("null");
        own.putObject("position").put("type", "integer");
        return schema;
    }

    /** How much a client may send says nothing of how much there is. */
    private static void unlimited(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(LIMITS);
        }
        schema.forEach(ViewJson::unlimited);
    }
}
