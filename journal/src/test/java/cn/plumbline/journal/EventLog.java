package cn.plumbline.journal;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the contract is about, so that it can also be held against a log that does nothing. */
public interface EventLog {

    Mono<Appended> append(List<NewEvent> events, AppendCondition condition);

    Flux<StoredEvent> read(Criteria criteria, long after, long upTo);

    Flux<Followed> follow(Criteria criteria, long after);

    OptionalLong next(Criteria criteria, long after);

    Mono<StoredEvent> event(long position);

    Mono<Long> firstSince(Instant time);

    long positionAt(Instant instant);

    long head();

    TreeHead treeHead();

    /** Another log on the same stored events, while this one goes on. */
    EventLog sibling();

    void close();

    /** Closes this log and opens it again. */
    default EventLog reopened() {
        close();
        return sibling();
    }

    static EventLog on(MongoDatabase database, JournalSettings settings) {
        return new OnJournal(Journal.open(database, settings).block(Duration.ofSeconds(60)), database, settings);
    }

    record OnJournal(Journal journal, MongoDatabase database, JournalSettings settings) implements EventLog {
        @Override
        public Mono<Appended> append(List<NewEvent> events, AppendCondition condition) {
            return journal.append(events, condition);
        }

        @Override
        public Flux<StoredEvent> read(Criteria criteria, long after, long upTo) {
            return journal.read(criteria, after, upTo);
        }

        @Override
        public Flux<Followed> follow(Criteria criteria, long after) {
            return journal.follow(criteria, after);
        }

        @Override
        public OptionalLong next(Criteria criteria, long after) {
            return journal.next(criteria, after);
        }

        @Override
        public Mono<StoredEvent> event(long position) {
            return journal.event(position);
        }

        @Override
        public Mono<Long> firstSince(Instant time) {
            return journal.firstSince(time);
        }

        @Override
        public long positionAt(Instant instant) {
            return journal.positionAt(instant);
        }

        @Override
        public long head() {
            return journal.head();
        }

        @Override
        public TreeHead treeHead() {
            return journal.treeHead();
        }

        @Override
        public EventLog sibling() {
            return on(database, settings);
        }

        @Override
        public void close() {
            journal.close().block(Duration.ofSeconds(20));
        }
    }

    /** Says yes to everything and does nothing. */
    record Idle() implements EventLog {
        @Override
        public Mono<Appended> append(List<NewEvent> events, AppendCondition condition) {
            return Mono.just(new Appended(0, 0, Instant.EPOCH));
        }

        @Override
        public Flux<StoredEvent> read(Criteria criteria, long after, long upTo) {
            return Flux.empty();
        }

        @Override
        public Flux<Followed> follow(Criteria criteria, long after) {
            return Flux.never();
        }

        @Override
        public OptionalLong next(Criteria criteria, long after) {
            return OptionalLong.empty();
        }

        @Override
        public Mono<StoredEvent> event(long position) {
            return Mono.empty();
        }

        @Override
        public Mono<Long> firstSince(Instant time) {
            return Mono.empty();
        }

        @Override
        public long positionAt(Instant instant) {
            return 0;
        }

        @Override
        public long head() {
            return 0;
        }

        @Override
        public TreeHead treeHead() {
            return new TreeHead(0, "");
        }

        @Override
        public EventLog sibling() {
            return this;
        }

        @Override
        public void close() {
            // there is nothing to close
        }
    }
}
