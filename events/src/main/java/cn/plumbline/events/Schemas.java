package cn.plumbline.events;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaKeyword;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema (2020-12) of events and commands, read from their records: fields that may be absent are those marked
 * nullable, unknown ones are refused. Beside the standard's keywords stand three annotations for people and forms:
 * {@code x-title} {@code {zh, en}}, {@code x-labels} (code → {@code {zh, en}}) and {@code x-id} (the tag key of an id).
 */
public final class Schemas {

    /** The longest text of a field without a length of its own, in characters. */
    public static final int TEXT_CHARS_MAX = 4_000;

    /** The most elements of a list: what the largest command, a group over 2,000 units, may name. */
    public static final int LIST_ITEMS_MAX = 2_000;

    private static final SchemaGenerator GENERATOR = generator();

    private Schemas() {}

    /** The schema of a record: an event's payload, a command's body, or a part of one. A new tree at every call. */
    public static synchronized ObjectNode of(Class<? extends Record> type) {
        return GENERATOR.generateSchema(type);
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        EventJson.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS)
                .without(Option.FLATTENED_ENUMS);
        builder.forFields()
                .withRequiredCheck(field -> !isNullable(field))
                .withPropertyNameOverrideResolver(Schemas::jsonName)
                .withStringMaxLengthResolver(
                        field -> field.getType().getErasedType() == String.class ? TEXT_CHARS_MAX : null)
                .withArrayMaxItemsResolver(field -> field.isContainerType() ? LIST_ITEMS_MAX : null)
                .withInstanceAttributeOverride((node, field, context) -> describe(node, component(field)));
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(Schemas::definition)
                .withTypeAttributeOverride(
                        (node, scope, context) -> describe(node, scope.getType().getErasedType()));
        return new SchemaGenerator(builder.build());
    }

    private static @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> erased = type.getErasedType();
        ObjectNode node = context.getGeneratorConfig().createObjectNode();
        if (Id.class.isAssignableFrom(erased)) {
            node.put("type", "string").put("pattern", Id.PATTERN);
            node.put("x-id", tagKey(erased));
        } else if (erased == LocalDate.class) {
            node.put("type", "string").put("format", "date").put("pattern", "^\\d{4}-\\d{2}-\\d{2}$");
        } else if (erased == Tag.class) {
            node.put("type", "string").put("pattern", "^[^:]+:.+$");
        } else if (erased.isEnum() && CodeList.class.isAssignableFrom(erased)) {
            codeList(node, erased);
        } else if (erased.isEnum()) {
            node.put("type", "string");
            for (Object constant : List.of(erased.getEnumConstants())) {
                node.withArray("enum").add(((Enum<?>) constant).name());
            }
        } else if (JsonNode.class.isAssignableFrom(erased)) {
            return new CustomDefinition(
                    node, CustomDefinition.INLINE_DEFINITION, CustomDefinition.EXCLUDING_ATTRIBUTES);
        } else {
            return null;
        }
        return new CustomDefinition(node, true);
    }

    private static void codeList(ObjectNode node, Class<?> list) {
        node.put("type", "string");
        ObjectNode labels = node.objectNode();
        for (Object constant : List.of(list.getEnumConstants())) {
            CodeList code = (CodeList) constant;
            String name = ((Enum<?>) constant).name();
            node.withArray(SchemaKeyword.TAG_ENUM.forVersion(SchemaVersion.DRAFT_2020_12))
                    .add(name);
            labels.putObject(name).put("zh", code.zh()).put("en", code.en());
        }
        node.set("x-labels", labels);
    }

    private static String tagKey(Class<?> id) {
        String name = id.getSimpleName();
        return name.substring(0, name.length() - "Id".length()).toLowerCase(Locale.ROOT);
    }

    private static void describe(ObjectNode node, @Nullable AnnotatedElement titled) {
        Title title = titled == null ? null : titled.getAnnotation(Title.class);
        if (title != null) {
            node.put("title", title.zh());
            node.putObject("x-title").put("zh", title.zh()).put("en", title.en());
        }
    }

    private static boolean isNullable(FieldScope field) {
        Field member = field.getRawMember();
        return member.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable String jsonName(FieldScope field) {
        JsonProperty property = field.getRawMember().getAnnotation(JsonProperty.class);
        return property == null ? null : property.value();
    }

    private static @Nullable RecordComponent component(FieldScope field) {
        RecordComponent[] components = field.getRawMember().getDeclaringClass().getRecordComponents();
        return components == null
                ? null
                : Arrays.stream(components)
                        .filter(component ->
                                component.getName().equals(field.getRawMember().getName()))
                        .findFirst()
                        .orElse(null);
    }
}
