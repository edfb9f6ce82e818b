package cn.plumbline.web.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event of an export.
 *
 * @param position that it states
 * @param statedLeaf the leaf hash that it states
 * @param leaf the leaf hash that its content yields
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EventLine(long position, byte[] statedLeaf, byte[] leaf) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int HASH_BYTES = 32;

    /**
     * Reads a line and computes its leaf.
     *
     * @throws IllegalArgumentException if it is no event with all that its leaf is made of
     */
    static EventLine parse(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            ObjectNode record = JSON.createObjectNode();
            record.put("id", text(event, "id"));
            record.set("metadata", JSON.readTree(text(event, "recordmetadata")));
            record.set("payload", event.required("data"));
            record.set("tags", JSON.readTree(text(event, "tags")));
            record.put("time", text(event, "recordtime"));
            record.put("type", text(event, "type"));
            record.put("version", text(event, "recordversion"));
            byte[] stated = Base64.getDecoder().decode(text(event, "leafhash"));
            if (stated.length != HASH_BYTES) {
                throw new IllegalArgumentException("leafhash");
            }
            byte[] salt = Base64.getDecoder().decode(text(event, "salt"));
            return new EventLine(event.path("position").asLong(0), stated, leaf(salt, record.toString()));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not an event of an export: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode event, String name) {
        return event.required(name).stringValue();
    }

    private static byte[] leaf(byte[] salt, String record) throws IOException {
        MessageDigest sha256 = GrowingTree.sha256();
        sha256.update(salt);
        byte[] hash = sha256.digest(new JsonCanonicalizer(record).getEncodedUTF8());
        String entry = "plumbline/event/v1\n" + HexFormat.of().formatHex(hash);
        return GrowingTree.leaf(entry.getBytes(StandardCharsets.US_ASCII));
    }
}
