package cn.plumbline.web.boot;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.query.EventSource;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** The journal as the views read it. */
final class JournalEventSource implements EventSource {

    private final Journal journal;

    JournalEventSource(Journal journal) {
        this.journal = journal;
    }

    @Override
    public long head() {
        return journal.head();
    }

    @Override
    public OptionalLong next(Set<String> types, long after) {
        return journal.next(criteria(types, Set.of()), after);
    }

    @Override
    public long positionAt(Instant at) {
        return journal.positionAt(at);
    }

    @Override
    public Flux<Recorded<? extends DomainEvent>> read(Set<String> types, Set<Tag> tags, long after, long upTo) {
        return journal.read(criteria(types, tags), after, upTo).map(JournalEventSource::recorded);
    }

    private static Criteria criteria(Set<String> types, Set<Tag> tags) {
        Set<cn.plumbline.journal.Tag> stored = tags.stream()
                .map(tag -> new cn.plumbline.journal.Tag(tag.key(), tag.value()))
                .collect(Collectors.toSet());
        return new Criteria(List.of(new Criterion(types, stored)));
    }

    private static Recorded<? extends DomainEvent> recorded(StoredEvent event) {
        Set<Tag> tags = event.tags().stream()
                .map(tag -> new Tag(tag.key(), tag.value()))
                .collect(Collectors.toSet());
        return new Recorded<>(
                event.position(),
                event.recordedAt(),
                event.id(),
                tags,
                Envelope.of(event.metadata()),
                EventCatalogue.read(event.type(), event.payload()));
    }
}
