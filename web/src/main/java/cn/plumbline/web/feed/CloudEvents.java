package cn.plumbline.web.feed;

import cn.plumbline.events.EventJson;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.Tag;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes events as CloudEvents 1.0 in their JSON format. {@code data} is the payload byte for byte as it was recorded,
 * whatever its version.
 */
public final class CloudEvents {

    private CloudEvents() {}

    /**
     * The JSON text of an event, on one line.
     *
     * @param journal the name of the journal, which is the event's source
     * @param withSalt whether the reader may prove the event, for which he needs its salt and all of its record
     */
    public static String json(String journal, StoredEvent event, boolean withSalt) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = EventJson.mapper().createGenerator(text)) {
            json.writeStartObject();
            attributes(json, journal, event);
            extensions(json, event);
            if (withSalt) {
                evidence(json, event);
            }
            json.writeName("data");
            json.writeRawValue(new String(event.payload(), StandardCharsets.UTF_8));
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void attributes(JsonGenerator json, String journal, StoredEvent event) {
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", event.id());
        json.writeStringProperty("source", "/journals/" + journal);
        json.writeStringProperty("type", event.type());
        event.tags().stream()
                .filter(tag -> !tag.key().equals("command"))
                .findFirst()
                .ifPresent(tag -> json.writeStringProperty("subject", tag.text()));
        json.writeStringProperty("time", event.recordedAt().toString());
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeStringProperty("dataschema", EventTypeController.schemaPath(event.type(), event.version()));
    }

    private static void extensions(JsonGenerator json, StoredEvent event) {
        json.writeNumberProperty("position", event.position());
        json.writeStringProperty(
                "tags", EventJson.write(event.tags().stream().map(Tag::text).toList()));
        Map<String, String> metadata = event.metadata();
        write(json, "commandid", metadata.get("commandId"));
        write(json, "correlationid", metadata.get("correlationId"));
        write(json, "causationid", metadata.get("causationId"));
        write(json, "actor", metadata.get("actor"));
        write(json, "occurredon", metadata.get("occurredOn"));
    }

    /** The members of the record that the attributes do not hold, and what makes its log entry of it. */
    private static void evidence(JsonGenerator json, StoredEvent event) {
        json.writeStringProperty("recordtime", event.time().toString());
        json.writeStringProperty("recordversion", event.version());
        json.writeStringProperty("recordmetadata", EventJson.write(event.metadata()));
        json.writeStringProperty("salt", Base64.getEncoder().encodeToString(event.salt()));
        json.writeStringProperty("leafhash", Base64.getEncoder().encodeToString(event.leafHash()));
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
