package cn.plumbline.web.boot;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The two chains: what was accepted, and what was refused. */
record Journals(Journal journal, Journal attempts) implements AutoCloseable {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);

    static Mono<Journals> open(MongoDatabase database, String node) {
        return Mono.zip(
                        Journal.open(database, JournalSettings.of("journal", node)),
                        Journal.open(database, JournalSettings.of("attempts", node)))
                .map(both -> new Journals(both.getT1(), both.getT2()));
    }

    @Override
    public void close() {
        Opening.complete(Mono.when(journal.close(), attempts.close()), CLOSING_LIMIT);
    }
}
