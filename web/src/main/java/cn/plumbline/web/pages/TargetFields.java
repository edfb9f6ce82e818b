package cn.plumbline.web.pages;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Schemas;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the form of a correction or a void asks for, given the event that it is about: of a correction, every field that
 * can be corrected, by its own title and shape, with the value that it has. What is left blank stays as it is. Pure.
 */
final class TargetFields {

    /** The member of the form's changes that names the fields to make empty; no field of an event is called so. */
    private static final String EMPTIED = "_emptied";

    private final Recorded<? extends DomainEvent> target;
    private final EventDefinition definition;
    private final ObjectNode schema;
    private final ObjectNode present;
    private final Texts texts;

    /**
     * The fields of an event.
     *
     * @param target as it counts today
     */
    TargetFields(Recorded<? extends DomainEvent> target, Texts texts) {
        this.target = target;
        this.definition = EventCatalogue.of(target.event().getClass());
        this.schema = Schemas.of(definition.payload().asSubclass(Record.class));
        this.present = EventJson.mapper().valueToTree(target.event());
        this.texts = texts;
    }

    long position() {
        return target.position();
    }

    /** The schema of the form, made from that of the command. */
    ObjectNode form(ObjectNode command) {
        ObjectNode properties = (ObjectNode) command.get("properties");
        properties.withObject("/targetEventId").put("x-fixed", words());
        if (properties.has("changes")) {
            properties.withObject("/changes").set("properties", changes());
        }
        return command;
    }

    private String words() {
        return texts.text(
                "record.target",
                target.position(),
                texts.pick(definition.zh(), definition.en()),
                target.envelope().occurredOn().toString(),
                target.envelope().actor().userId());
    }

    private ObjectNode changes() {
        ObjectNode fields = EventJson.mapper().createObjectNode();
        ObjectNode emptied = EventJson.mapper().createObjectNode();
        for (RecordComponent component : definition.payload().getRecordComponents()) {
            String name = component.getName();
            JsonNode property = schema.path("properties").path(name);
            if (isId(property)) {
                continue;
            }
            fields.set(name, asked(property, present.path(name)));
            if (present.hasNonNull(name) && !FormBody.isRequired(schema, name)) {
                emptied.putObject(name).put("type", "boolean").set("x-title", property.path("x-title"));
            }
        }
        if (!emptied.isEmpty()) {
            ObjectNode group = fields.putObject(EMPTIED);
            group.putObject("x-title").put("zh", "改为空白").put("en", "Make empty");
            group.set("properties", emptied);
        }
        return fields;
    }

    /** Ids, and lists of them, are not correctable. */
    private static boolean isId(JsonNode property) {
        return property.has("x-id") || property.path("items").has("x-id");
    }

    private ObjectNode asked(JsonNode property, JsonNode value) {
        ObjectNode asked = (ObjectNode) property.deepCopy();
        if (FormValues.isObject(asked)) {
            asked.remove("required");
            asked.path("properties")
                    .properties()
                    .forEach(part -> part.setValue(asked(part.getValue(), value.path(part.getKey()))));
            return asked;
        }
        if (isBoolean(asked)) {
            // A box could not say that the value stays.
            asked.put("type", "string");
            asked.putArray("enum").add("true").add("false");
            ObjectNode labels = asked.putObject("x-labels");
            labels.putObject("true").put("zh", "是").put("en", "yes");
            labels.putObject("false").put("zh", "否").put("en", "no");
        }
        return asked.put("x-present", told(property, value));
    }

    private String told(JsonNode property, JsonNode value) {
        JsonNode label = property.path("x-labels").path(value.asString(""));
        String text = label.isMissingNode()
                ? texts.value(value)
                : texts.pick(label.path("zh").asString(), label.path("en").asString());
        return text == null ? texts.text("record.present.none") : texts.text("record.present", text);
    }

    private static boolean isBoolean(JsonNode property) {
        return property.path("type").asString("").equals("boolean");
    }

    /** The body of the command, from that of the form. */
    ObjectNode command(ObjectNode form) {
        form.put("targetEventId", target.id());
        if (form.get("changes") instanceof ObjectNode changes) {
            JsonNode emptied = changes.remove(EMPTIED);
            for (Map.Entry<String, JsonNode> change : changes.properties()) {
                String name = change.getKey();
                change.setValue(merged(schema.path("properties").path(name), present.path(name), change.getValue()));
            }
            if (emptied != null) {
                emptied.propertyNames().stream()
                        .filter(name -> !changes.has(name))
                        .forEach(changes::putNull);
            }
        }
        return form;
    }

    /** An object is corrected as a whole: the parts that the form leaves blank keep their values. */
    private static JsonNode merged(JsonNode property, JsonNode before, JsonNode given) {
        if (given instanceof ObjectNode parts) {
            ObjectNode whole = before instanceof ObjectNode object
                    ? object.deepCopy()
                    : EventJson.mapper().createObjectNode();
            parts.properties()
                    .forEach(part -> whole.set(
                            part.getKey(),
                            merged(
                                    property.path("properties").path(part.getKey()),
                                    before.path(part.getKey()),
                                    part.getValue())));
            return whole;
        }
        return isBoolean(property)
                ? EventJson.mapper()
                        .getNodeFactory()
                        .booleanNode(given.asString("").equals("true"))
                : given;
    }
}
