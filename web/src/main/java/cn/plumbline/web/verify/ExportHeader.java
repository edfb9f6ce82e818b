package cn.plumbline.web.verify;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first line of an export, before one CloudEvent a line from position 1 on.
 *
 * @param checkpoint over exactly the events that follow
 * @param verifierKeys of the system that made the export, newest first
 */
public record ExportHeader(String checkpoint, List<String> verifierKeys) {

    private static final String FORMAT = "plumbline-export/1";
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies. */
    public ExportHeader {
        verifierKeys = List.copyOf(verifierKeys);
    }

    /** The line, without its end. */
    public String line() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("checkpoint", checkpoint);
        ArrayNode keys = json.putArray("vkeys");
        verifierKeys.forEach(keys::add);
        return json.toString();
    }

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static ExportHeader parse(String line) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (!FORMAT.equals(json.path("format").asString(""))) {
            throw new IllegalArgumentException("not the format " + FORMAT);
        }
        return new ExportHeader(
                json.path("checkpoint").asString(""),
                json.path("vkeys").valueStream().map(key -> key.asString("")).toList());
    }
}
