package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Rejection;
import java.util.List;

/** What follows from a command. */
public sealed interface Decision {

    /** These events are to be recorded, all or none; none when there is nothing to do. */
    record Accepted(List<DomainEvent> events) implements Decision {

        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** The rules refuse; every rejection that holds, at least one. */
    record Rejected(List<Rejection> rejections) implements Decision {

        public Rejected {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) {
                throw new IllegalArgumentException("a refusal has a reason");
            }
        }
    }

    /** These events. */
    static Decision accepted(DomainEvent... events) {
        return new Accepted(List.of(events));
    }
}
