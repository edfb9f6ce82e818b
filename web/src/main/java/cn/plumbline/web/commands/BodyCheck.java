package cn.plumbline.web.commands;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.Id;
import cn.plumbline.web.problems.FieldProblem;
import cn.plumbline.web.problems.Message;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares a body with its command's schema and names every field that is not as it says. */
@Component
final class BodyCheck {

    private static final int FIELDS_TOLD_MAX = 100;

    /**
     * The problem's texts are ours. The validator's own stand in files that it reads when an error is first told, on
     * the thread of a request.
     */
    private static final SchemaRegistryConfig OWN_TEXTS = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .messageSource((key, text, locale, arguments) -> key)
            .build();

    private final Map<String, Schema> schemas;

    /** Reads the schemas from the class path, which no request may wait for. */
    BodyCheck() {
        schemas = compile();
    }

    List<FieldProblem> check(CommandDefinition definition, ObjectNode body) {
        Schema schema = schemas.get(definition.name());
        if (schema == null) {
            throw new IllegalArgumentException("no schema of " + definition.name());
        }
        return schema.validate(body).stream()
                .map(BodyCheck::problem)
                .sorted(Comparator.comparing(FieldProblem::pointer).thenComparingInt(BodyCheck::weight))
                // What is of the wrong type is not in the form either; one reason a field is enough.
                .collect(Collectors.toMap(
                        FieldProblem::pointer, Function.identity(), (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .limit(FIELDS_TOLD_MAX)
                .toList();
    }

    private static Map<String, Schema> compile() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(OWN_TEXTS));
        Map<String, Schema> schemas = new HashMap<>();
        for (CommandDefinition definition : CommandCatalogue.all()) {
            Schema schema = registry.getSchema(standard(definition.schema()));
            schema.initializeValidators();
            schemas.put(definition.name(), schema);
        }
        return Map.copyOf(schemas);
    }

    /** The schema without the annotations for people and forms, which a validator does not know. */
    private static JsonNode standard(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .filter(name -> name.startsWith("x-"))
                    .toList()
                    .forEach(object::remove);
        }
        schema.forEach(part -> {
            JsonNode unused = standard(part);
        });
        return schema;
    }

    private static int weight(FieldProblem problem) {
        return switch (problem.code()) {
            case "WRONG_TYPE" -> 0;
            case "TOO_SHORT", "TOO_LONG" -> 1;
            default -> 2;
        };
    }

    private static FieldProblem problem(Error error) {
        if (isOfABasisDocument(error)) {
            return field(instance(error), "REQUIRED", "文件编号或文号至少填一项", "Give a document id or a document number");
        }
        String pointer = pointer(error);
        return switch (error.getKeyword()) {
            case "required" -> field(pointer, "REQUIRED", "必填", "Required");
            case "additionalProperties", "unevaluatedProperties" ->
                field(pointer, "UNKNOWN_FIELD", "没有这个字段", "There is no such field");
            case "type" -> field(pointer, "WRONG_TYPE", "类型不对", "Wrong type; must be " + error.getSchemaNode());
            case "enum" -> field(pointer, "NOT_IN_CODE_LIST", "不在代码表中", "Not in the code list");
            case "pattern", "format" -> badFormat(pointer, error.getSchemaNode());
            case "maxLength", "maxItems" -> field(pointer, "TOO_LONG", "过长", "Too long");
            case "minLength", "minItems", "minProperties" -> field(pointer, "TOO_SHORT", "不能为空", "Too short");
            case "minimum", "maximum" -> field(pointer, "OUT_OF_RANGE", "超出范围", "Out of range");
            default -> field(pointer, "INVALID", "不符合要求", "Not what the schema says");
        };
    }

    private static FieldProblem badFormat(String pointer, JsonNode form) {
        return form.asString("").equals(Id.PATTERN)
                ? field(
                        pointer,
                        "BAD_FORMAT",
                        "编号须为 1 至 64 个字母（各种文字）、数字或 . _ -，且为 NFC 形式",
                        "An id is 1 to 64 letters of any script, digits or . _ -, in NFC")
                : field(pointer, "BAD_FORMAT", "格式不对", "Not in the form that the schema gives");
    }

    private static FieldProblem field(String pointer, String code, String zh, String en) {
        return new FieldProblem(pointer, code, new Message(zh, en));
    }

    /** One of two fields suffices, so that neither by itself is the one that is missing. */
    private static boolean isOfABasisDocument(Error error) {
        return error.getKeyword().equals("required") && instance(error).matches("/basis/\\d+");
    }

    private static String pointer(Error error) {
        String pointer = instance(error);
        return error.getProperty() == null ? pointer : pointer + '/' + escape(error.getProperty());
    }

    private static String instance(Error error) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            pointer.append('/').append(escape(error.getInstanceLocation().getName(i)));
        }
        return pointer.toString();
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
