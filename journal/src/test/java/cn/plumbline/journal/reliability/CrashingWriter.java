package cn.plumbline.journal.reliability;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.IndexSettings;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.Samples;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A {@link Child} that appends to a journal in a file until it is killed. It writes its index file all the time.
 * Arguments: the data directory, the name of the run, what it does ({@link Work}).
 */
public final class CrashingWriter {

    /** What the process is about when it is killed. */
    enum Work {
        /** Starts, and then appends without end. */
        START,
        /** Appends without end, 64 at a time. */
        LOAD,
        /** Appends in bursts; the file is compacted in the pauses. */
        BURSTS,
        /** Appends a while and closes the database, which compacts the file. */
        CLOSE
    }

    static final String OPEN = "OPEN";
    static final String CLOSING = "CLOSING";
    static final String VIEW = "view";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration IDLE_AFTER = Duration.ofMillis(30);
    private static final Duration INDEX_PAUSE = Duration.ofMillis(1);
    private static final int AT_A_TIME = 64;
    private static final int BURST = 200;

    private final String run;
    private final Journal journal;
    private final MongoDatabase database;

    private CrashingWriter(String run, Journal journal, MongoDatabase database) {
        this.run = run;
        this.journal = journal;
        this.database = database;
    }

    /** Where the index file of a data directory is. */
    static Path indexes(Path directory) {
        return directory.resolve("cache");
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        EmbeddedSettings settings = EmbeddedSettings.inDirectory(directory).withIdleAfter(IDLE_AFTER);
        EmbeddedMongo server =
                Objects.requireNonNull(EmbeddedMongo.open(settings).block(LIMIT));
        MongoClient client = MongoClients.create(server.clientSettings());
        MongoDatabase database = client.getDatabase("plumbline");
        JournalSettings keepingItsIndex =
                JournalSettings.of("journal", "crash").withIndex(new IndexSettings(indexes(directory), INDEX_PAUSE, 1));
        Journal journal =
                Objects.requireNonNull(Journal.open(database, keepingItsIndex).block(LIMIT));
        Child.say(OPEN);
        new CrashingWriter(arguments[1], journal, database)
                .work(Work.valueOf(arguments[2]))
                .block(LIMIT);
        Child.say(CLOSING);
        journal.close().block(LIMIT);
        client.close();
        server.close().block(LIMIT);
    }

    private Mono<Void> work(Work work) {
        return switch (work) {
            case START, LOAD -> appends(0, Integer.MAX_VALUE);
            case BURSTS ->
                Flux.range(0, 1_000)
                        .concatMap(n -> appends(n * BURST, BURST).then(Mono.delay(IDLE_AFTER.multipliedBy(5))))
                        .then();
            case CLOSE -> appends(0, BURST);
        };
    }

    private Mono<Void> appends(int from, int count) {
        return Flux.range(from, count).flatMap(this::append, AT_A_TIME).then();
    }

    private Mono<Void> append(int number) {
        String id = run + "-" + number;
        int count = 1 + number % 3;
        AppendCondition onlyOnce = new AppendCondition(0, Criteria.tags(Samples.commandTag(id)));
        Child.sayTries(id, count);
        return journal.append(Samples.command(id, count, Samples.unit(number % 50)), onlyOnce)
                .doOnNext(appended -> Child.sayAcknowledged(id, count, appended.first()))
                .flatMap(appended -> advanceView(appended.last()));
    }

    private Mono<Void> advanceView(long position) {
        return Mono.from(database.getCollection(VIEW)
                        .updateOne(
                                Filters.eq("_id", "reached"),
                                Updates.max("position", position),
                                new UpdateOptions().upsert(true)))
                .then();
    }
}
