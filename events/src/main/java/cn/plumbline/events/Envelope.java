package cn.plumbline.events;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What stands around every event of a command: who, when, on what basis. It becomes the event's metadata, a flat map
 * of strings; basis and approval are JSON text in it.
 *
 * @param commandId the idempotency key of the command, a UUID
 * @param commandName such as {@code EstablishDispatchGroup}
 * @param bodyHash hex SHA-256 of the canonical JSON of the command's body
 * @param occurredOn the business date
 * @param basis the documents on which the act rests; may be empty
 */
public record Envelope(
        String commandId,
        String commandName,
        String bodyHash,
        String correlationId,
        @Nullable String causationId,
        Actor actor,
        LocalDate occurredOn,
        List<BasisDocument> basis,
        @Nullable Approval approval,
        Classification classification) {

    private static final TypeReference<List<BasisDocument>> BASIS = new TypeReference<>() {};

    /** The metadata of every event of this command. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("commandId", commandId);
        metadata.put("commandName", commandName);
        metadata.put("bodyHash", bodyHash);
        metadata.put("correlationId", correlationId);
        putIfPresent(metadata, "causationId", causationId);
        metadata.put("actor", actor.userId());
        metadata.put("actorRole", actor.role());
        putIfPresent(metadata, "actorOrg", actor.orgId());
        metadata.put("occurredOn", occurredOn.toString());
        if (!basis.isEmpty()) {
            metadata.put("basis", EventJson.write(basis));
        }
        if (approval != null) {
            metadata.put("approval", EventJson.write(approval));
        }
        metadata.put("classification", classification.name());
        return metadata;
    }

    /**
     * Reads the envelope back; entries that are not its own are left alone.
     *
     * @throws IllegalArgumentException when an entry that every event has is missing
     */
    public static Envelope of(Map<String, String> metadata) {
        String basis = metadata.get("basis");
        String approval = metadata.get("approval");
        return new Envelope(
                required(metadata, "commandId"),
                required(metadata, "commandName"),
                required(metadata, "bodyHash"),
                required(metadata, "correlationId"),
                metadata.get("causationId"),
                new Actor(required(metadata, "actor"), required(metadata, "actorRole"), metadata.get("actorOrg")),
                LocalDate.parse(required(metadata, "occurredOn")),
                basis == null ? List.of() : EventJson.mapper().readValue(basis, BASIS),
                approval == null ? null : EventJson.mapper().readValue(approval, Approval.class),
                Classification.valueOf(required(metadata, "classification")));
    }

    private static String required(Map<String, String> metadata, String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("an event's metadata lacks " + key);
        }
        return value;
    }

    private static void putIfPresent(Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null) {
            metadata.put(key, value);
        }
    }
}
