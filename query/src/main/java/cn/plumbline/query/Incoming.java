package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** Turns the messages of an event processor into recorded events. */
final class Incoming {

    private static final String POSITION = "position";
    private static final String RECORDED_AT = "recordedAt";

    private Incoming() {}

    /**
     * Reads a message as the event store hands it out.
     *
     * @throws IllegalArgumentException when it is no event of the catalogue, or its metadata lacks the position
     */
    static Recorded<DomainEvent> read(EventMessage message) {
        DomainEvent event = event(message);
        Envelope envelope = Envelope.of(message.metadata());
        Set<Tag> tags = new TreeSet<>(EventCatalogue.tags(event));
        tags.add(new Tag("command", envelope.commandId()));
        String recordedAt = message.metadata().get(RECORDED_AT);
        return new Recorded<>(
                position(message.metadata().get(POSITION)),
                recordedAt == null ? message.timestamp() : Instant.parse(recordedAt),
                message.identifier(),
                tags,
                envelope,
                event);
    }

    private static DomainEvent event(EventMessage message) {
        Object payload = message.payload();
        if (payload instanceof DomainEvent event) {
            return event;
        }
        if (payload instanceof byte[] json) {
            return EventCatalogue.read(message.type().name(), json);
        }
        throw new IllegalArgumentException("an event's payload is its record or its JSON, " + message.type());
    }

    private static long position(@Nullable String digits) {
        if (digits == null) {
            throw new IllegalArgumentException("the event store puts the position into an event's metadata");
        }
        return Long.parseLong(digits);
    }
}
