package cn.plumbline.web.boot;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The two chains: what was accepted, and what was refused. */
record Journals(Journal journal, Journal attempts) implements AutoCloseable {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);

    /** What was refused elsewhere is seen here a little later: nothing is decided on it. */
    private static final Duration ATTEMPTS_POLL_INTERVAL = Duration.ofMillis(500);

    /**
     * @param alone whether no other process uses the database
     */
    static Mono<Journals> open(MongoDatabase database, String node, boolean alone) {
        JournalSettings journal = JournalSettings.of("journal", node);
        JournalSettings attempts = JournalSettings.of("attempts", node);
        return Mono.zip(
                        Journal.open(database, alone ? journal.withPollInterval(Duration.ZERO) : journal),
                        Journal.open(
                                database, attempts.withPollInterval(alone ? Duration.ZERO : ATTEMPTS_POLL_INTERVAL)))
                .map(both -> new Journals(both.getT1(), both.getT2()));
    }

    @Override
    public void close() {
        Opening.complete(Mono.when(journal.close(), attempts.close()), CLOSING_LIMIT);
    }
}
