package cn.plumbline.journal;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A process of its own that appends to a journal in a file and says on its standard output what was acknowledged, until
 * it is killed. It writes its index file all the time. Arguments: the data directory, the name of the run, what it does
 * ({@link Work}).
 */
public final class CrashingWriter {

    /** What the process is about when it is killed. */
    enum Work {
        /** Appends without end, 64 at a time. */
        LOAD,
        /** Appends in bursts; the file is compacted in the pauses. */
        BURSTS,
        /** Appends a while and closes the database, which compacts the file. */
        CLOSE
    }

    /** An acknowledged append: its events are {@code <id>.1} to {@code <id>.<count>}, from position first on. */
    record Acknowledged(long first, String id, int count) {

        static Acknowledged parse(String line) {
            String[] words = line.split(" ", -1);
            return new Acknowledged(Long.parseLong(words[1]), words[2], Integer.parseInt(words[3]));
        }

        String line() {
            return ACKNOWLEDGED + " " + first + " " + id + " " + count;
        }
    }

    static final String OPEN = "OPEN";
    static final String CLOSING = "CLOSING";
    static final String ACKNOWLEDGED = "ACK";
    static final String VIEW = "view";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration IDLE_AFTER = Duration.ofMillis(30);
    private static final Duration INDEX_PAUSE = Duration.ofMillis(1);
    private static final int AT_A_TIME = 64;
    private static final int BURST = 200;
    /** Events of so many units, numbered from 0. */
    static final int UNITS = 50;

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
        say(OPEN);
        new CrashingWriter(arguments[1], journal, database)
                .work(Work.valueOf(arguments[2]))
                .block(LIMIT);
        say(CLOSING);
        journal.close().block(LIMIT);
        client.close();
        server.close().block(LIMIT);
    }

    private Mono<Void> work(Work work) {
        return switch (work) {
            case LOAD -> appends(0, Integer.MAX_VALUE);
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
        Tag unique = new Tag("command", id);
        List<NewEvent> events = IntStream.rangeClosed(1, count)
                .mapToObj(part -> event(id + "." + part, count, unique, number))
                .toList();
        return journal.append(events, new AppendCondition(0, Criteria.tags(unique)))
                .doOnNext(appended -> say(new Acknowledged(appended.first(), id, count).line()))
                .flatMap(appended -> advanceView(appended.last()));
    }

    private static NewEvent event(String id, int count, Tag unique, int number) {
        return new NewEvent(
                id,
                "sample.CoverageStarted",
                "1",
                Instant.EPOCH,
                Set.of(unique, new Tag("unit", Integer.toString(number % UNITS))),
                Map.of("count", Integer.toString(count)),
                "{\"role\":\"单独派驻\"}".getBytes(StandardCharsets.UTF_8));
    }

    private Mono<Void> advanceView(long position) {
        return Mono.from(database.getCollection(VIEW)
                        .updateOne(
                                Filters.eq("_id", "reached"),
                                Updates.max("position", position),
                                new UpdateOptions().upsert(true)))
                .then();
    }

    /** One line as a whole: the reader may lose the last one, but never sees half of another. */
    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
