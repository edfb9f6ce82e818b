package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.StoredEvent;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** The real journal as this module sees it, and a way to put recorded events into it. */
final class TestJournal implements EventSource, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Journal journal;

    TestJournal(MongoDatabase database) {
        journal = Journal.open(database, JournalSettings.of("journal", "test")).block(LIMIT);
    }

    Journal journal() {
        return journal;
    }

    /** The head, with what other processes have appended. */
    long latest() {
        return journal.latest().block(LIMIT);
    }

    /** Appends what the journal lacks of a history, in appends of the given size. */
    void append(List<? extends Recorded<? extends DomainEvent>> history, int size) {
        List<NewEvent> missing =
                history.stream().skip(latest()).map(TestJournal::event).toList();
        Flux.fromIterable(missing)
                .buffer(size)
                .concatMap(events -> journal.append(events, AppendCondition.none()))
                .then()
                .block(LIMIT);
    }

    private static NewEvent event(Recorded<? extends DomainEvent> recorded) {
        return new NewEvent(
                recorded.id(),
                EventCatalogue.type(recorded.event().getClass()),
                "1",
                recorded.recordedAt(),
                tags(recorded.tags()),
                recorded.envelope().toMetadata(),
                EventJson.write(recorded.event()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long head() {
        return journal.head();
    }

    @Override
    public OptionalLong next(Set<String> types, long after) {
        return journal.next(Criteria.types(types), after);
    }

    @Override
    public long positionAt(Instant at) {
        return journal.positionAt(at);
    }

    @Override
    public Flux<Recorded<? extends DomainEvent>> read(Set<String> types, Set<Tag> tags, long after, long upTo) {
        return journal.read(new Criteria(List.of(new Criterion(types, tags(tags)))), after, upTo)
                .map(TestJournal::recorded);
    }

    private static Recorded<DomainEvent> recorded(StoredEvent event) {
        return new Recorded<>(
                event.position(),
                event.recordedAt(),
                event.id(),
                event.tags().stream()
                        .map(tag -> new Tag(tag.key(), tag.value()))
                        .collect(Collectors.toSet()),
                Envelope.of(event.metadata()),
                EventCatalogue.read(event.type(), event.payload()));
    }

    private static Set<cn.plumbline.journal.Tag> tags(Set<Tag> tags) {
        return tags.stream()
                .map(tag -> new cn.plumbline.journal.Tag(tag.key(), tag.value()))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        journal.close().block(LIMIT);
    }
}
