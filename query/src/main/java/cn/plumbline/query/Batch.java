package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.eventhandling.EventMessage;

/** The events of one processing context, in order; bounded by the processor's batch size. */
final class Batch {

    private final List<Recorded<DomainEvent>> events = new ArrayList<>();

    void add(EventMessage message) {
        events.add(Incoming.read(message));
    }

    List<Recorded<DomainEvent>> events() {
        return List.copyOf(events);
    }
}
