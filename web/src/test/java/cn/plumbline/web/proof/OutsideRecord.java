package cn.plumbline.web.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The record of an event as an auditor makes it of a CloudEvent: canonical JSON (RFC 8785), written by hand. Numbers are
 * integers or are taken as they stand, since the feed has the payload as it was recorded.
 */
public final class OutsideRecord {

    private static final JsonMapper JSON = new JsonMapper();

    private OutsideRecord() {}

    /** The record of a CloudEvent with evidence. */
    public static String of(JsonNode event) {
        return "{\"id\":" + string(event.path("id").asString())
                + ",\"metadata\":"
                + canonical(JSON.readTree(event.path("recordmetadata").asString()))
                + ",\"payload\":" + canonical(event.path("data"))
                + ",\"tags\":" + canonical(JSON.readTree(event.path("tags").asString()))
                + ",\"time\":" + string(event.path("recordtime").asString())
                + ",\"type\":" + string(event.path("type").asString())
                + ",\"version\":" + string(event.path("recordversion").asString())
                + "}";
    }

    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>(); // by UTF-16 units, as RFC 8785 says
            node.propertyStream().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
            return members.entrySet().stream()
                    .map(member -> string(member.getKey()) + ":" + member.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(canonical(item)));
            return items.stream().collect(Collectors.joining(",", "[", "]"));
        }
        return node.isString() ? string(node.asString()) : node.toString();
    }

    private static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
