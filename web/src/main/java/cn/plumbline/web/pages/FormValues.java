package cn.plumbline.web.pages;

import cn.plumbline.events.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a form holds, as a tree of texts in the shape of its command's schema: parameters are named by path
 * ({@code basis[0].docNo}), blank ones are absent. Pure.
 */
final class FormValues {

    private static final Pattern ROW = Pattern.compile("\\[(\\d{1,4})]");
    private static final Pattern REMOVED = Pattern.compile("([\\w.]+)\\[(\\d{1,4})]");
    private static final Pattern BETWEEN_IDS = Pattern.compile("[\\s,，、;；]+");

    private final MultiValueMap<String, String> parameters;
    private final boolean keepBlankRows;

    private FormValues(MultiValueMap<String, String> parameters, boolean keepBlankRows) {
        this.parameters = parameters;
        this.keepBlankRows = keepBlankRows;
    }

    /** The texts, without the rows that nobody filled. */
    static ObjectNode filled(ObjectNode schema, MultiValueMap<String, String> parameters) {
        return new FormValues(parameters, false).object(schema, "");
    }

    /** The texts after a row was added or removed, blank rows kept. */
    static ObjectNode rearranged(ObjectNode schema, MultiValueMap<String, String> parameters) {
        ObjectNode values = new FormValues(parameters, true).object(schema, "");
        String added = String.valueOf(parameters.getFirst("_add"));
        JsonNode list = property(schema, added);
        if (isList(list)) {
            ArrayNode rows = values.withArray(pointer(added));
            if (isObject(list.path("items"))) {
                rows.addObject();
            } else {
                rows.add("");
            }
        }
        Matcher removed = REMOVED.matcher(String.valueOf(parameters.getFirst("_remove")));
        if (removed.matches() && values.at(pointer(removed.group(1))).isArray()) {
            values.withArray(pointer(removed.group(1))).remove(Integer.parseInt(removed.group(2)));
        }
        return values;
    }

    private ObjectNode object(JsonNode schema, String prefix) {
        ObjectNode values = EventJson.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = prefix + property.getKey();
            JsonNode value = value(property.getValue(), name);
            if (value != null) {
                values.set(property.getKey(), value);
            }
        }
        return values;
    }

    private @Nullable JsonNode value(JsonNode schema, String name) {
        if (isList(schema)) {
            return list(schema.path("items"), name);
        }
        if (isObject(schema)) {
            ObjectNode object = object(schema, name + ".");
            return object.isEmpty() ? null : object;
        }
        String text = parameters.getFirst(name);
        return text == null || text.isBlank()
                ? null
                : EventJson.mapper().getNodeFactory().stringNode(text.strip());
    }

    private @Nullable ArrayNode list(JsonNode items, String name) {
        ArrayNode rows = EventJson.mapper().createArrayNode();
        for (int row : rows(name)) {
            String at = name + "[" + row + "]";
            if (isObject(items)) {
                ObjectNode object = object(items, at + ".");
                if (keepBlankRows || !object.isEmpty()) {
                    rows.add(object);
                }
            } else {
                texts(items, parameters.getFirst(at)).forEach(rows::add);
            }
        }
        return rows.isEmpty() ? null : rows;
    }

    private List<String> texts(JsonNode items, @Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            return keepBlankRows ? List.of("") : List.of();
        }
        // Ids have no spaces in them, so that several may be pasted into one row.
        return items.has("x-id") ? List.of(BETWEEN_IDS.split(text)) : List.of(text);
    }

    private List<Integer> rows(String name) {
        TreeSet<Integer> rows = new TreeSet<>();
        for (String parameter : parameters.keySet()) {
            if (parameter.startsWith(name + "[")) {
                Matcher row = ROW.matcher(parameter).region(name.length(), parameter.length());
                if (row.lookingAt()) {
                    rows.add(Integer.valueOf(row.group(1)));
                }
            }
        }
        return new ArrayList<>(rows);
    }

    /** The property of a name, such as {@code approval.level}; missing where the schema has none. */
    static JsonNode property(JsonNode schema, String name) {
        return schema.at(pointer(name).replace("/", "/properties/"));
    }

    /** Where the value of a name is. */
    static String pointer(String name) {
        return "/" + name.replace('.', '/');
    }

    static boolean isList(JsonNode schema) {
        return schema.path("type").asString("").equals("array");
    }

    static boolean isObject(JsonNode schema) {
        return schema.has("properties");
    }
}
