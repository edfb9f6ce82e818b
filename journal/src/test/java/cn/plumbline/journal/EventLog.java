package cn.plumbline.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the tests of a log are about, so that they can also be held against one that does nothing. */
public interface EventLog {

    String name();

    Mono<Appended> append(List<NewEvent> events, AppendCondition condition);

    Flux<StoredEvent> read(Criteria criteria, long after, long upTo);

    Flux<Followed> follow(Criteria criteria, long after);

    OptionalLong next(Criteria criteria, long after);

    Mono<StoredEvent> event(long position);

    Mono<Long> firstSince(Instant time);

    long positionAt(Instant instant);

    long head();

    Mono<Long> latest();

    TreeHead treeHead();

    MerkleLog merkleLog();

    Flux<Audit> audit(Duration pause, Duration rest);

    /** Another log on the same stored events, while this one goes on. */
    EventLog sibling();

    void close();

    /** Closes this log and opens it again. */
    default EventLog reopened() {
        close();
        return sibling();
    }

    /** How long anything may take. */
    default Duration limit() {
        return Duration.ofSeconds(60);
    }

    /** On a journal that is opened by each subscription anew. */
    static EventLog on(Mono<Journal> opening) {
        return new OnJournal(opening.block(Duration.ofSeconds(60)), opening);
    }

    record OnJournal(Journal journal, Mono<Journal> opening) implements EventLog {
        @Override
        public String name() {
            return journal.name();
        }

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
        public Mono<Long> latest() {
            return journal.latest();
        }

        @Override
        public TreeHead treeHead() {
            return journal.treeHead();
        }

        @Override
        public MerkleLog merkleLog() {
            return journal.merkleLog();
        }

        @Override
        public Flux<Audit> audit(Duration pause, Duration rest) {
            return journal.audit(pause, rest);
        }

        @Override
        public EventLog sibling() {
            return on(opening);
        }

        @Override
        public void close() {
            journal.close().block(limit());
        }
    }

    /** Says yes to everything and does nothing. */
    record Idle() implements EventLog {
        @Override
        public String name() {
            return "";
        }

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
        public Mono<Long> latest() {
            return Mono.just(0L);
        }

        @Override
        public TreeHead treeHead() {
            return new TreeHead(0, "");
        }

        /** Of a journal that nobody has appended to. */
        @Override
        public MerkleLog merkleLog() {
            Journal empty = Journal.open(new FaultyBlockStore(), JournalSettings.of("journal", "idle"))
                    .block(limit());
            return empty.close().thenReturn(empty.merkleLog()).block(limit());
        }

        @Override
        public Flux<Audit> audit(Duration pause, Duration rest) {
            return Flux.just(new Audit.Sound(0, treeHead()));
        }

        @Override
        public EventLog sibling() {
            return this;
        }

        @Override
        public void close() {
            // there is nothing to close
        }

        /** It does at once what it ever does. */
        @Override
        public Duration limit() {
            return Duration.ofMillis(300);
        }
    }
}
