package cn.plumbline.web.pages;

import cn.plumbline.events.EventJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the body of a command from the texts of its form. What is no number where one belongs stays a text. Pure. */
final class FormBody {

    private static final JsonNodeFactory JSON = EventJson.mapper().getNodeFactory();

    private FormBody() {}

    static ObjectNode of(JsonNode schema, JsonNode values) {
        ObjectNode body = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode value =
                    value(property.getValue(), values.path(property.getKey()), isRequired(schema, property.getKey()));
            if (value != null) {
                body.set(property.getKey(), value);
            }
        }
        return body;
    }

    static boolean isRequired(JsonNode schema, String name) {
        return schema.path("required")
                .valueStream()
                .anyMatch(required -> required.asString().equals(name));
    }

    private static @Nullable JsonNode value(JsonNode schema, JsonNode value, boolean required) {
        if (schema.path("type").asString("").equals("boolean")) {
            // A box that is not ticked is not sent: no, where there must be an answer.
            return value.asString("").equals("true") || required
                    ? JSON.booleanNode(value.asString("").equals("true"))
                    : null;
        }
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isArray()) {
            ArrayNode list = JSON.arrayNode();
            value.forEach(item -> list.add(value(schema.path("items"), item, true)));
            return list;
        }
        if (FormValues.isObject(schema)) {
            return of(schema, value);
        }
        return scalar(schema.path("type").asString("string"), value.asString());
    }

    private static JsonNode scalar(String type, String text) {
        if (type.equals("integer") && text.matches("-?\\d{1,18}")) {
            return JSON.numberNode(Long.parseLong(text));
        }
        return JSON.stringNode(text);
    }
}
