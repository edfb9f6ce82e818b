package cn.plumbline.command;

import cn.plumbline.events.Approval;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.events.Schemas;
import cn.plumbline.events.Title;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a command's body: the fields of its record, and beside them those that go to the envelope. */
final class BodySchema {

    private static final int BASIS_DOCUMENTS_MAX = 50;

    private BodySchema() {}

    /** The fields of every body that do not go into payloads. */
    record EnvelopeFields(
            @Title(zh = "业务日期", en = "Occurred on") @Nullable
            LocalDate occurredOn,

            @Title(zh = "依据文件", en = "Basis") @Nullable List<BasisDocument> basis,
            @Title(zh = "审批", en = "Approval") @Nullable Approval approval,

            @Title(zh = "密级", en = "Classification") @Nullable
            String classification) {}

    static ObjectNode of(CommandDefinition definition) {
        ObjectNode schema = Schemas.of(definition.type().asSubclass(Record.class));
        ObjectNode envelope = Schemas.of(EnvelopeFields.class);
        ObjectNode properties = schema.withObject("/properties");
        properties.setAll((ObjectNode) envelope.get("properties"));
        ArrayNode required = schema.withArray("/required");
        definition.createdId().ifPresent(field -> remove(required, field));
        refineTexts(schema);
        refineObjects(definition, properties);
        refineBasis(properties, required, definition.basisRequired());
        if (required.isEmpty()) {
            schema.remove("required");
        }
        return schema;
    }

    /** A text that must be there must say something, also in a part. */
    private static void refineTexts(JsonNode schema) {
        JsonNode properties = schema.path("properties");
        for (JsonNode name : schema.path("required")) {
            if (properties.get(name.asString()) instanceof ObjectNode property
                    && property.path("type").asString("").equals("string")
                    && property.has("maxLength")) {
                property.put("minLength", 1).put("pattern", "\\S");
            }
        }
        properties.forEach(BodySchema::refineTexts);
    }

    private static void refineObjects(CommandDefinition definition, ObjectNode properties) {
        for (RecordComponent component : definition.type().getRecordComponents()) {
            if (component.getType() == ObjectNode.class) {
                ((ObjectNode) properties.get(component.getName()))
                        .put("type", "object")
                        .put("minProperties", 1);
            }
        }
    }

    private static void refineBasis(ObjectNode properties, ArrayNode required, boolean demanded) {
        ObjectNode basis = (ObjectNode) properties.get("basis");
        basis.put("maxItems", BASIS_DOCUMENTS_MAX);
        ArrayNode either = ((ObjectNode) basis.get("items")).putArray("anyOf");
        either.addObject().putArray("required").add("docId");
        either.addObject().putArray("required").add("docNo");
        if (demanded) {
            basis.put("minItems", 1);
            required.add("basis");
        }
    }

    private static void remove(ArrayNode names, String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).asString().equals(name)) {
                names.remove(i);
            }
        }
    }
}
