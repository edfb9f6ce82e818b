package cn.plumbline.command;

import cn.plumbline.events.EventJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command's body, read: its hash, the command in it, the fields for the envelope.
 *
 * @param canonicalBytes the size of the canonical JSON
 * @param hash hex SHA-256 of the canonical JSON, as the client sent the body
 */
record Body(ObjectNode sent, long canonicalBytes, String hash) {

    private static final List<String> ENVELOPE_FIELDS = List.of("occurredOn", "basis", "approval", "classification");

    static Body of(ObjectNode sent) {
        byte[] canonical = EventJson.mapper().writeValueAsBytes(sorted(sent));
        return new Body(sent, canonical.length, hash(canonical));
    }

    /** The command, with the id of what it creates. */
    <C extends Command> C command(Class<C> type, @Nullable String createdField, String createdId) {
        ObjectNode own = sent.deepCopy().remove(ENVELOPE_FIELDS);
        if (createdField != null && !own.hasNonNull(createdField)) {
            own.put(createdField, createdId);
        }
        return EventJson.mapper().treeToValue(own, type);
    }

    BodySchema.EnvelopeFields envelopeFields() {
        ObjectNode own = sent.deepCopy().retain(ENVELOPE_FIELDS);
        return EventJson.mapper().treeToValue(own, BodySchema.EnvelopeFields.class);
    }

    /** What a failed reading says of the body. */
    static FieldError fault(JacksonException e) {
        String pointer = e instanceof DatabindException
                ? e.getPath().stream()
                        .map(part -> part.getPropertyName() == null ? "" + part.getIndex() : part.getPropertyName())
                        .map(part -> "/" + part)
                        .collect(Collectors.joining())
                : "";
        return new FieldError(pointer, "INVALID", "不符合要求", "Not what the schema says");
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode sorted = EventJson.mapper().createObjectNode();
            return sorted.setAll(fields);
        }
        if (node.isArray()) {
            var sorted = EventJson.mapper().createArrayNode();
            node.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
