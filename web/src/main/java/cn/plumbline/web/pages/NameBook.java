package cn.plumbline.web.pages;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.EventSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/**
 * Keeps the names of all records in memory and catches up with the journal when someone asks. A correction or void
 * makes it read anew from the start: they are rare, and the events that name something are few.
 */
final class NameBook {

    private final EventSource source;
    private final AtomicReference<Names> known = new AtomicReference<>(Names.NONE);

    NameBook(EventSource source) {
        this.source = source;
    }

    /** The names as of the journal's head. */
    Mono<Names> current() {
        return Mono.defer(() -> {
            Names names = known.get();
            long head = source.head();
            return names.position() >= head
                    ? Mono.just(names)
                    : since(names, head).map(this::keep);
        });
    }

    private Mono<Names> since(Names names, long head) {
        return read(names.position(), head).flatMap(events -> {
            boolean corrected = events.stream().anyMatch(recorded -> recorded.event() instanceof CorrectionEvent);
            return corrected
                    ? read(0, head).map(all -> Names.NONE.and(Corrections.effective(all), head))
                    : Mono.just(names.and(events, head));
        });
    }

    private Mono<List<Recorded<? extends DomainEvent>>> read(long after, long head) {
        return source.read(Names.TYPES, Set.of(), after, head).collectList().map(List::copyOf);
    }

    private Names keep(Names names) {
        return known.accumulateAndGet(names, (kept, read) -> read.position() > kept.position() ? read : kept);
    }
}
