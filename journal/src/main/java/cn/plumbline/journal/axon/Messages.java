package cn.plumbline.journal.axon;

import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.Tag;

/** Events in and out: from messages to be recorded, to messages that carry where and when they were. */
final class Messages {

    private final EventConverter converter;
    private final Upcasting upcasting;

    Messages(EventConverter converter, Upcasting upcasting) {
        this.converter = converter;
        this.upcasting = upcasting;
    }

    List<NewEvent> events(List<TaggedEventMessage<?>> messages) {
        List<NewEvent> events = new ArrayList<>(messages.size());
        for (TaggedEventMessage<?> tagged : messages) {
            events.add(event(tagged));
        }
        return events;
    }

    private NewEvent event(TaggedEventMessage<?> tagged) {
        EventMessage message = tagged.event();
        byte[] payload = message.payloadAs(byte[].class, converter);
        if (payload == null) {
            throw new IllegalArgumentException("An event without payload: " + message.type());
        }
        Map<String, String> metadata = new HashMap<>(message.metadata());
        // A message that was read before carries where it was; the journal says that anew on every read.
        metadata.remove(JournalStorageEngine.POSITION);
        metadata.remove(JournalStorageEngine.RECORDED_AT);
        return new NewEvent(
                message.identifier(),
                message.type().name(),
                message.type().version(),
                message.timestamp(),
                Conditions.tags(tagged.tags()),
                metadata,
                payload);
    }

    MessageStream.Entry<EventMessage> entry(StoredEvent event) {
        Upcasting.Form form = upcasting.upcast(new Upcasting.Form(event.type(), event.version(), event.payload()));
        Map<String, String> metadata = new HashMap<>(event.metadata());
        metadata.put(JournalStorageEngine.POSITION, Long.toString(event.position()));
        metadata.put(JournalStorageEngine.RECORDED_AT, event.recordedAt().toString());
        EventMessage message = new GenericEventMessage(
                event.id(), new MessageType(form.type(), form.version()), form.payload(), metadata, event.time());
        Context context =
                TrackingToken.addToContext(Context.empty(), new GlobalSequenceTrackingToken(event.position()));
        return new SimpleEntry<>(message, Tag.addToContext(context, tags(event)));
    }

    private static Set<Tag> tags(StoredEvent event) {
        Set<Tag> tags = HashSet.newHashSet(event.tags().size());
        for (cn.plumbline.journal.Tag tag : event.tags()) {
            tags.add(new Tag(tag.key(), tag.value()));
        }
        return tags;
    }
}
