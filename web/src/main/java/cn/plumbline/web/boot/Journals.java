package cn.plumbline.web.boot;

import cn.plumbline.journal.IndexSettings;
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
     * @param node names this process
     * @param alone whether no other process uses the database
     */
    static Mono<Journals> open(MongoDatabase database, PlumblineProperties properties, String node, boolean alone) {
        JournalSettings journal = settings("journal", node, properties);
        JournalSettings attempts = settings("attempts", node, properties);
        return Mono.zip(
                        Journal.open(database, alone ? journal.withPollInterval(Duration.ZERO) : journal),
                        Journal.open(
                                database, attempts.withPollInterval(alone ? Duration.ZERO : ATTEMPTS_POLL_INTERVAL)))
                .map(both -> new Journals(both.getT1(), both.getT2()));
    }

    private static JournalSettings settings(String name, String node, PlumblineProperties properties) {
        JournalSettings settings = JournalSettings.of(name, node);
        return properties.keepIndex() && !properties.passes()
                ? settings.withIndex(IndexSettings.inDirectory(properties.cacheDirectory()))
                : settings;
    }

    @Override
    public void close() {
        Opening.complete(Mono.when(journal.close(), attempts.close()), CLOSING_LIMIT);
    }
}
