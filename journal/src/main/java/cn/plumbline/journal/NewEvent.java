package cn.plumbline.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An event to append. All texts must be well-formed Unicode.
 *
 * @param id the event's id
 * @param type qualified event name, such as {@code dispatch.DispatchGroupEstablished}
 * @param version version of the payload's schema
 * @param time when the event came about, years 0 to 9999; microseconds are kept
 * @param tags what the event is about
 * @param metadata the envelope
 * @param payload one JSON value in UTF-8, without duplicate names and with numbers that a double holds exactly as
 *     written; it is recorded in canonical form (RFC 8785). The array belongs to the event and must not change
 */
@SuppressWarnings("ArrayRecordComponent") // the payload is the identity of no event; events are never compared
public record NewEvent(
        String id,
        String type,
        String version,
        Instant time,
        Set<Tag> tags,
        Map<String, String> metadata,
        byte[] payload) {

    /** Takes copies of tags and metadata. */
    public NewEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(payload, "payload");
        if (type.isEmpty()) {
            throw new IllegalArgumentException("An event has a type");
        }
        time = time.truncatedTo(ChronoUnit.MICROS);
        tags = Set.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }
}
