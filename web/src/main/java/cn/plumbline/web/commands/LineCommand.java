package cn.plumbline.web.commands;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.web.problems.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command in a line, {@code {"command","id"?,"data"}}.
 *
 * @param id the idempotency key: the line's own, or a UUIDv8 of what the line says, so that a file that is sent again
 *     changes nothing
 */
record LineCommand(CommandDefinition definition, String id, ObjectNode data) {

    private static final List<String> FIELDS = List.of("command", "id", "data");
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    static LineCommand of(Line line) {
        if (line.utf8() == null) {
            throw ProblemException.of(TOO_LARGE, "LINE_TOO_LARGE").with("limit", LineSplitter.LINE_BYTES_MAX);
        }
        ObjectNode json = StrictJson.object(line.utf8());
        for (String name : json.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw invalid("没有字段 " + name, "There is no field " + name);
            }
        }
        JsonNode command = json.path("command");
        if (!command.isString()) {
            throw invalid("缺少 command", "The field command is missing");
        }
        if (!(json.get("data") instanceof ObjectNode data)) {
            throw invalid("缺少 data", "The field data is missing or not an object");
        }
        return new LineCommand(CommandDoor.command(command.asString()), id(json, command.asString(), data), data);
    }

    private static String id(ObjectNode json, String name, ObjectNode data) {
        JsonNode given = json.get("id");
        if (given == null) {
            return derived(name, data);
        }
        String id = given.isString() ? CommandController.uuid(given.asString()) : null;
        if (id == null) {
            throw invalid("id 须为 UUID", "The field id must be a UUID");
        }
        return id;
    }

    /** UUID version 8 (RFC 9562): the first 122 free bits are those of SHA-256 over name and canonical data. */
    private static String derived(String name, ObjectNode data) {
        byte[] hash = sha256(name + "\n" + sorted(data));
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long high = (bits.getLong() & ~0xF000L) | 0x8000L;
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return EventJson.mapper().createObjectNode().setAll(fields);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = EventJson.mapper().createArrayNode();
            array.forEach(element -> sorted.add(sorted(element)));
            return sorted;
        }
        return node;
    }

    private static ProblemException invalid(String zh, String en) {
        return ProblemException.of(BAD_REQUEST, "INVALID").detail(zh, en);
    }
}
