package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import reactor.core.publisher.Flux;

/** The journal as this module needs it. Positions count from 1; 0 is before everything. */
public interface EventSource {

    /** The position of the last visible event; 0 when there is none. Answered from memory. */
    long head();

    /** The first position after {@code after} of an event of one of the types. Answered from memory. */
    OptionalLong next(Set<String> types, long after);

    /** The last position that was recorded until the instant; 0 when none was. */
    long positionAt(Instant at);

    /**
     * Reads events in the order of their positions.
     *
     * @param types the types to read; empty for all
     * @param tags an event must carry all of them; empty for any
     * @param after the position before the first one to read
     * @param upTo the last position to read
     * @return a finite stream that honours demand
     */
    Flux<Recorded<? extends DomainEvent>> read(Set<String> types, Set<Tag> tags, long after, long upTo);
}
