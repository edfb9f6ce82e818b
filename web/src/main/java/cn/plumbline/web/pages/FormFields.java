package cn.plumbline.web.pages;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.Approval;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.events.Classification;
import cn.plumbline.events.CodeList;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.web.pages.Form.Field;
import cn.plumbline.web.pages.Form.Option;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the fields of a form from the JSON Schema of its command, in the order of the command's record. Pure. */
final class FormFields {

    /** Texts longer than a line. */
    private static final Set<String> AREAS = Set.of("reason", "appraisal", "duty");

    /** Plain texts in the schema that are chosen from a list all the same. */
    private static final Map<String, List<? extends CodeList>> CHOSEN = Map.of(
            "title", List.of(MemberTitle.values()),
            "classification", List.of(Classification.values()));

    /** How many rows a list begins with; the units of a group more, as there are mostly several. */
    private static final Map<String, Integer> ROWS = Map.of("unitIds", 4);

    private final CommandDefinition command;
    private final ObjectNode schema;
    private final JsonNode values;
    private final Map<String, String> errors;
    private final Texts texts;

    /**
     * The fields of a command.
     *
     * @param values what the form holds
     * @param errors what is wrong, by the name of the field
     */
    FormFields(CommandDefinition command, ObjectNode schema, JsonNode values, Map<String, String> errors, Texts texts) {
        this.command = command;
        this.schema = schema;
        this.values = values;
        this.errors = errors;
        this.texts = texts;
    }

    /** The command's own fields, and those of the envelope without which it is refused. */
    List<Field> own() {
        List<Field> fields = new ArrayList<>();
        for (RecordComponent component : command.type().getRecordComponents()) {
            fields.add(field(schema, component.getName(), "", values, element(component.getGenericType())));
        }
        envelopeTypes().forEach((name, type) -> {
            if (isDemanded(name)) {
                fields.add(field(schema, name, "", values, type));
            }
        });
        return fields;
    }

    /** The other fields of the envelope. */
    List<Field> envelope() {
        List<Field> fields = new ArrayList<>();
        envelopeTypes().forEach((name, type) -> {
            if (!isDemanded(name)) {
                fields.add(field(schema, name, "", values, type));
            }
        });
        return fields;
    }

    private boolean isDemanded(String name) {
        return switch (name) {
            case "basis" -> command.basisRequired() || command.rejections().contains("BASIS_REQUIRED");
            case "approval" -> command.rejections().contains("APPROVAL_MISSING");
            default -> false;
        };
    }

    private static Map<String, Class<?>> envelopeTypes() {
        Map<String, Class<?>> types = new LinkedHashMap<>();
        types.put("occurredOn", String.class);
        types.put("basis", BasisDocument.class);
        types.put("approval", Approval.class);
        types.put("classification", String.class);
        return types;
    }

    private Field field(JsonNode parent, String name, String prefix, JsonNode siblings, Class<?> type) {
        return field(
                parent.path("properties").path(name),
                prefix + name,
                FormBody.isRequired(parent, name) || isExpected(prefix + name),
                siblings.path(name),
                type);
    }

    /** Without which the rules refuse the command, although the schema would let it pass. */
    private boolean isExpected(String name) {
        boolean correction = command.rejections().contains("CORRECTION_REASON_REQUIRED");
        return (isDemanded(name) && name.equals("basis"))
                || (correction && Set.of("reason", "approval").contains(name));
    }

    private Field field(JsonNode property, String name, boolean required, JsonNode value, Class<?> type) {
        if (FormValues.isList(property)) {
            return list(property, name, required, value, type);
        }
        if (FormValues.isObject(property)) {
            return make(property, name, "object", required, "", List.of(), parts(property, name, value, type));
        }
        return make(
                property,
                name,
                shape(property, name),
                required,
                property.path("x-fixed").asString(value.asString("")),
                options(property, name),
                List.of());
    }

    private List<Field> parts(JsonNode property, String name, JsonNode value, Class<?> type) {
        return names(property, type).stream()
                .map(part -> field(property, part, name + ".", value, elementOf(type, part)))
                .toList();
    }

    private Field list(JsonNode property, String name, boolean required, JsonNode value, Class<?> type) {
        JsonNode items = property.path("items");
        int rows = Math.max(value.size(), errors.isEmpty() && value.isEmpty() ? ROWS.getOrDefault(name, 1) : 1);
        List<Field> parts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            JsonNode at = value.isArray() && row < value.size() ? value.path(row) : MissingNode.getInstance();
            parts.add(field(items, name + "[" + row + "]", false, at, type));
        }
        return make(property, name, "list", required, "", List.of(), parts);
    }

    private Field make(
            JsonNode property,
            String name,
            String shape,
            boolean required,
            String value,
            List<Option> options,
            List<Field> parts) {
        String id = id(name);
        String error = errors.get(name);
        String hint = hint(property, name);
        String picks = shape.equals("picker") ? property.path("x-id").asString("") : null;
        return new Field(
                name,
                id,
                label(property, name),
                shape,
                required && !shape.equals("checkbox"),
                value,
                hint,
                error,
                shape.equals("area"),
                property.has("maxLength") ? (Integer) property.path("maxLength").asInt() : null,
                options,
                picks == null ? null : "list-" + picks,
                picks,
                described(id, hint, error),
                parts);
    }

    private static @Nullable String described(String id, @Nullable String hint, @Nullable String error) {
        String ids = (hint == null ? "" : id + "-hint ") + (error == null ? "" : id + "-error");
        return ids.isEmpty() ? null : ids.strip();
    }

    /** The id of the element of a field. */
    static String id(String name) {
        return "f-" + name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
    }

    private String label(JsonNode property, String name) {
        JsonNode title = property.path("x-title");
        if (title.isMissingNode()) {
            int row = name.lastIndexOf('[');
            return row < 0 ? name : label(FormValues.property(schema, name.substring(0, row)), name.substring(0, row));
        }
        String words =
                texts.pick(title.path("zh").asString(name), title.path("en").asString(name));
        return isCreated(name) ? texts.text("record.id.of", words) : words;
    }

    /** Whether it is the id of what the command makes: to be given, not picked. */
    private boolean isCreated(String name) {
        return command.createdId().filter(name::equals).isPresent();
    }

    private @Nullable String hint(JsonNode property, String name) {
        if (isCreated(name)) {
            return texts.text("record.id.made");
        }
        if (FormValues.isList(property) && property.path("items").has("x-id")) {
            return texts.text("record.many.ids");
        }
        return property.has("x-present") ? property.path("x-present").asString() : null;
    }

    private String shape(JsonNode property, String name) {
        String type = property.path("type").asString("string");
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (property.has("x-fixed")) {
            return "fixed";
        }
        if (type.equals("boolean")) {
            return "checkbox";
        }
        if (property.has("enum") || CHOSEN.containsKey(name)) {
            return "select";
        }
        if (property.path("format").asString("").equals("date")) {
            return "date";
        }
        if (type.equals("integer") || type.equals("number")) {
            return "number";
        }
        if (property.has("x-id") && !isCreated(name)) {
            return "picker";
        }
        return AREAS.contains(last) ? "area" : "text";
    }

    private List<Option> options(JsonNode property, String name) {
        if (CHOSEN.containsKey(name)) {
            return CHOSEN.get(name).stream()
                    .map(code -> new Option(((Enum<?>) code).name(), texts.label(code)))
                    .toList();
        }
        return property.path("enum")
                .valueStream()
                .map(JsonNode::asString)
                .map(code -> new Option(code, label(property.path("x-labels").path(code), code, texts)))
                .toList();
    }

    private static String label(JsonNode labels, String code, Texts texts) {
        return texts.pick(labels.path("zh").asString(code), labels.path("en").asString(code));
    }

    /** The properties of a schema in the order of the record's components, where it is of a record. */
    private static List<String> names(JsonNode property, Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> property.path("properties").has(name))
                        .toList()
                : List.copyOf(property.path("properties").propertyNames());
    }

    private static Class<?> elementOf(Class<?> type, String name) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .findFirst()
                        .<Class<?>>map(component -> element(component.getGenericType()))
                        .orElse(Object.class)
                : Object.class;
    }

    private static Class<?> element(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType list when list.getActualTypeArguments()[0] instanceof Class<?> of -> of;
            default -> Object.class;
        };
    }
}
