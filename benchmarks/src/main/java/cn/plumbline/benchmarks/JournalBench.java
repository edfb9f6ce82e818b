package cn.plumbline.benchmarks;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * {@code ./plumbline bench}: appends, loads and replays by the journal and by the bare driver on the same server, in
 * turns, and writes the medians with their ratios into {@code docs/performance.md}.
 *
 * <p>Options: {@code --rounds=N} (3), {@code --millis=N} each measurement (2000), {@code --out=FILE} (none: only
 * printed), {@code --uri=MONGODB} measures on that server too.
 */
public final class JournalBench {

    private static final int[] WRITERS = {1, 16, 64, 256, 2048};
    private static final int LIMIT_WRITERS = 4;
    private static final int EVENTS_PER_LIMIT_DOCUMENT = 256;
    private static final int LOADS = 400;
    private static final int ENTITIES = 500;
    /** The writer, of no others' numbers, that makes the entities to load. */
    private static final int FILLER = -1;

    private static final int FILLERS = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String BEGIN = "<!-- figures: written by ./plumbline bench -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private final int rounds;
    private final Duration each;
    private final StringBuilder report = new StringBuilder();

    private JournalBench(int rounds, Duration each) {
        this.rounds = rounds;
        this.each = each;
    }

    /** Runs everything. */
    public static void main(String[] args) throws IOException {
        JournalBench bench =
                new JournalBench(number(args, "rounds", 3), Duration.ofMillis(number(args, "millis", 2000)));
        bench.machine();
        try (Server memory = Server.inMemory()) {
            bench.measure(memory);
        }
        Path directory = Files.createTempDirectory("plumbline-bench-");
        try (Server durable = Server.durable(directory)) {
            bench.measure(durable);
        } finally {
            delete(directory);
        }
        String uri = option(args, "uri");
        if (uri != null) {
            try (Server given = Server.given(uri)) {
                bench.measure(given);
            }
        }
        String out = option(args, "out");
        if (out != null) {
            bench.write(Path.of(out));
        }
    }

    private void machine() {
        Runtime runtime = Runtime.getRuntime();
        say(String.format(
                Locale.ROOT,
                "%s: %d cores, %d MiB heap, %s %s, Java %s; %d rounds of %d ms; client and server in one process.%n%n",
                LocalDate.now(ZoneOffset.UTC),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().feature(),
                rounds,
                each.toMillis()));
    }

    private void measure(Server server) {
        say("## Server: " + server.name() + "\n\n");
        MongoDatabase database = server.database("bench" + System.nanoTime());
        DriverContender raw = new DriverContender(database, 1);
        DriverContender limit = new DriverContender(database, EVENTS_PER_LIMIT_DOCUMENT);
        int most = WRITERS[WRITERS.length - 1];
        try (JournalContender journal = new JournalContender(database, most)) {
            appends(List.of(journal, raw), limit);
            fill(journal.journal());
            loads(journal.journal(), database, raw);
            replays(journal.journal(), raw);
        }
    }

    private void appends(List<Contender> contenders, DriverContender limit) {
        Table table = new Table("Append, acknowledged events/s", "writers");
        for (Contender contender : contenders) { // warms up
            var unused = Rate.of(contender, 256, each);
        }
        for (int round = 0; round < rounds; round++) {
            for (int writers : WRITERS) {
                for (Contender contender : contenders) {
                    table.add(contender.name(), String.valueOf(writers), Rate.of(contender, writers, each));
                }
                table.add(limit.name() + ", 4 at once", String.valueOf(writers), Rate.of(limit, LIMIT_WRITERS, each));
                limit.clear();
            }
        }
        say(table.markdown());
    }

    /** Loads entities of 20 events by their tag, from memory, from the server, and as documents by their ids. */
    private void loads(Journal warm, MongoDatabase database, DriverContender raw) {
        Table table = new Table("Load an entity of 20 events, ms", "");
        Journal cold = Journal.open(
                        database,
                        JournalSettings.of("journal", "cold")
                                .withPollInterval(Duration.ZERO)
                                .withCacheBytes(1))
                .blockOptional(PATIENCE)
                .orElseThrow();
        for (int round = 0; round < rounds; round++) {
            add(table, "journal, blocks in memory", timed(random -> load(warm, random)));
            add(table, "journal, cold", timed(random -> load(cold, random)));
            add(table, "driver, 20 documents by _id", timed(random -> {
                long first = 1L + random.nextInt(1000);
                List<Long> ids = LongStream.range(first, first + Events.PER_ENTITY)
                        .boxed()
                        .toList();
                return Flux.from(raw.collection().find(Filters.in("_id", ids)))
                        .count()
                        .blockOptional(PATIENCE)
                        .orElseThrow();
            }));
        }
        cold.close().block(PATIENCE);
        say(table.markdown());
    }

    private static long load(Journal journal, Random random) {
        return journal.read(Criteria.tags(Events.entity(FILLER, random.nextInt(ENTITIES))), 0, journal.head())
                .count()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Entities whose events lie scattered over the journal. */
    private static void fill(Journal journal) {
        Flux.range(0, Events.PER_ENTITY)
                .concatMap(round -> Flux.range(0, ENTITIES)
                        .flatMap(
                                entity -> journal.append(List.of(Events.event(FILLER, entity)), AppendCondition.none()),
                                FILLERS)
                        .then())
                .blockLast(PATIENCE);
    }

    private interface Load {
        long once(Random random);
    }

    private static double[] timed(Load load) {
        Random random = new Random(1);
        for (int i = 0; i < LOADS; i++) {
            require(load.once(random) == Events.PER_ENTITY);
        }
        double[] millis = new double[LOADS];
        for (int i = 0; i < LOADS; i++) {
            long start = System.nanoTime();
            require(load.once(random) == Events.PER_ENTITY);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private static void require(boolean complete) {
        if (!complete) {
            throw new IllegalStateException("An entity is not complete");
        }
    }

    private static void add(Table table, String row, double[] millis) {
        table.add(row, "p50", Table.percentile(millis, 0.5));
        table.add(row, "p99", Table.percentile(millis, 0.99));
    }

    private void replays(Journal journal, DriverContender raw) {
        Table table = new Table("Read everything, events/s", "");
        for (int round = 0; round < rounds; round++) {
            table.add(
                    "journal, decoded",
                    "events/s",
                    perSecond(() -> journal.read(Criteria.all(), 0, journal.head())
                            .map(event -> event.payload().length)
                            .count()
                            .blockOptional(PATIENCE)
                            .orElseThrow()));
            table.add(
                    "driver, document per event",
                    "events/s",
                    perSecond(() -> Flux.from(raw.collection().find().batchSize(1000))
                            .count()
                            .blockOptional(PATIENCE)
                            .orElseThrow()));
        }
        say(table.markdown());
    }

    private static double perSecond(LongSupplier read) {
        long start = System.nanoTime();
        long events = read.getAsLong();
        return events * 1e9 / (System.nanoTime() - start);
    }

    private void say(String text) {
        System.out.print(text);
        System.out.flush();
        report.append(text);
    }

    private void write(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " has no place for figures");
        }
        Files.writeString(file, text.substring(0, begin) + BEGIN + "\n" + report + text.substring(end));
    }

    private static int number(String[] args, String name, int otherwise) {
        String value = option(args, name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static @Nullable String option(String[] args, String name) {
        for (String arg : args) {
            if (arg.startsWith("--" + name + "=")) {
                return arg.substring(name.length() + 3);
            }
        }
        return null;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
