package cn.plumbline.journal;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.MonoSink;

/** An append on its way: encoded, not yet in the chain. Used by whoever holds the appender's turn. */
final class Waiting {

    private final List<PreparedEvent> events;
    private final long marker;
    private final HashedCriteria criteria;
    private final MonoSink<Appended> caller;
    private final int bytes;
    private long cleared;

    Waiting(List<PreparedEvent> events, long marker, HashedCriteria criteria, MonoSink<Appended> caller) {
        this.events = events;
        this.marker = marker;
        this.criteria = criteria;
        this.caller = caller;
        this.cleared = marker;
        int sum = 0;
        for (PreparedEvent event : events) {
            sum = Math.addExact(sum, event.frame().length);
        }
        this.bytes = sum;
    }

    List<PreparedEvent> events() {
        return events;
    }

    Criteria criteria() {
        return criteria.criteria();
    }

    HashedCriteria hashedCriteria() {
        return criteria;
    }

    long marker() {
        return marker;
    }

    int bytes() {
        return bytes;
    }

    /** Up to here nothing contradicts the condition. */
    long cleared() {
        return cleared;
    }

    void clearUpTo(long position) {
        cleared = Math.max(cleared, position);
    }

    void succeed(long first, Instant at) {
        caller.success(new Appended(first, first + events.size() - 1, at));
    }

    void fail(Throwable failure) {
        caller.error(failure);
    }
}
