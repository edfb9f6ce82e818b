package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/** Events as Axon's messages, and back. */
public final class EventMessages {

    /** The metadata in which the journal says the position of an event, in digits from 1. */
    public static final String POSITION = "position";

    /** The metadata in which the journal says when it took an event, RFC 3339. */
    public static final String RECORDED_AT = "recordedAt";

    private EventMessages() {}

    /** The n-th event (from 1) of a command, as a message. */
    public static EventMessage message(Envelope envelope, int n, DomainEvent event, Instant at) {
        return new GenericEventMessage(envelope.commandId() + "." + n, type(event), event, envelope.toMetadata(), at);
    }

    /** The event in an entry of a stream. */
    public static Recorded<? extends DomainEvent> recorded(MessageStream.Entry<? extends EventMessage> entry) {
        EventMessage message = entry.message();
        Map<String, String> metadata = message.metadata();
        String position = metadata.get(POSITION);
        String recordedAt = metadata.get(RECORDED_AT);
        return recorded(
                message,
                position == null ? tokenPosition(entry) : Long.parseLong(position),
                recordedAt == null ? message.timestamp() : Instant.parse(recordedAt));
    }

    /** The tags of an event: those that follow from its fields, and its command's. */
    public static Set<Tag> tags(EventMessage message) {
        Set<Tag> tags = new LinkedHashSet<>(EventCatalogue.tags(payload(message)));
        tags.add(commandTag(Envelope.of(message.metadata()).commandId()));
        return tags;
    }

    /** The tag of all events of a command. */
    public static Tag commandTag(String commandId) {
        return new Tag("command", commandId);
    }

    /** The type of an event, on Axon's messages. */
    public static MessageType type(DomainEvent event) {
        EventDefinition definition = EventCatalogue.of(event.getClass());
        return new MessageType(definition.type(), definition.version());
    }

    static org.axonframework.messaging.eventstreaming.Tag axonTag(Tag tag) {
        return new org.axonframework.messaging.eventstreaming.Tag(tag.key(), tag.value());
    }

    static EventCriteria criteria(CriteriaItem item) {
        var tagged = EventCriteria.havingTags(
                item.tags().stream().map(EventMessages::axonTag).collect(Collectors.toSet()));
        return item.types().isEmpty()
                ? tagged
                : tagged.andBeingOneOfTypes(item.types().stream()
                        .map(org.axonframework.messaging.core.QualifiedName::new)
                        .collect(Collectors.toSet()));
    }

    private static Recorded<? extends DomainEvent> recorded(EventMessage message, long position, Instant recordedAt) {
        Envelope envelope = Envelope.of(message.metadata());
        DomainEvent event = payload(message);
        Set<Tag> tags = new LinkedHashSet<>(EventCatalogue.tags(event));
        tags.add(commandTag(envelope.commandId()));
        return new Recorded<>(position, recordedAt, message.identifier(), tags, envelope, event);
    }

    private static DomainEvent payload(EventMessage message) {
        return switch (message.payload()) {
            case DomainEvent event -> event;
            case byte[] json -> EventCatalogue.read(message.type().name(), json);
            case null, default -> throw new IllegalArgumentException("not an event: " + message.type());
        };
    }

    private static long tokenPosition(MessageStream.Entry<? extends EventMessage> entry) {
        return TrackingToken.fromContext(entry)
                .orElseThrow(() -> new IllegalStateException("an entry of a stream has a token"))
                .position()
                .orElseThrow(() -> new IllegalStateException("the token says no position"));
    }
}
