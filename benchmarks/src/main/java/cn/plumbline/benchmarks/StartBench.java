package cn.plumbline.benchmarks;

import cn.plumbline.benchmarks.Report.Bound;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.IndexSettings;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fills a journal in the file of the embedded database, opens it without and with its index file, each time in a process
 * of its own, and then appends to it and loads from it, to be compared with the same at another size.
 */
final class StartBench {

    /** Of the database. */
    static final String NAME = "start";

    private static final int EVENTS_PER_BLOCK = 2048;
    private static final int BLOCKS_AT_ONCE = 3;
    private static final int PROGRESS_EVERY = 500_000;
    private static final int WRITERS = 256;
    /** Small blocks of so many events hold the entities that are loaded. */
    private static final int FILLERS = 64;

    private static final int ENTITIES = 500;
    private static final int LOADS = 400;
    private static final int FILLER = 4095;
    private static final int MILLION = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Path directory;
    private final Report report;
    private final int rounds;
    private final int events;
    private final Duration each;

    private StartBench(Path directory, int events, Options options, Report report) {
        this.directory = directory;
        this.report = report;
        this.events = events;
        rounds = options.number("rounds", 3);
        each = Duration.ofMillis(options.number("millis", 2000));
    }

    static void run(Options options, Report report) throws IOException, InterruptedException {
        report.machine(options.number("rounds", 3)
                + " rounds, medians; the embedded database on a file; every start in a process of its own");
        for (String events : options.text("events", String.valueOf(MILLION)).split(",", -1)) {
            run(Integer.parseInt(events), options, report);
        }
        report.targets();
    }

    private static void run(int events, Options options, Report report) throws IOException, InterruptedException {
        String kept = options.text("dir");
        Path directory = kept == null ? Files.createTempDirectory("plumbline-bench-") : Path.of(kept);
        try {
            new StartBench(directory, events, options, report).run();
        } finally {
            if (kept == null) {
                Database.deleteFiles(directory);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        long held = fill();
        sizes(held);
        starts(held);
        work(held);
    }

    static JournalSettings settings(Database database) {
        return JournalSettings.of(database.collection(), "bench").withPollInterval(Duration.ZERO);
    }

    static JournalSettings keepingIndex(Database database, Path directory) {
        return settings(database).withIndex(IndexSettings.inDirectory(directory.resolve("cache")));
    }

    private Database database() {
        return Database.open(directory.toString(), NAME);
    }

    private static Journal open(Database database, JournalSettings settings) {
        return Journal.open(database.database(), settings)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    /** Full blocks, so that it is quick; the twenty events of an entity lie as far apart as they can. */
    private long fill() {
        Table table = new Table("Filling it up to " + thousands(events) + " by full blocks, events/s", "up to");
        long held;
        try (Database database = database()) {
            Journal journal = open(database, keepingIndex(database, directory));
            for (long from = journal.head(); from < events; from = journal.head()) {
                long upTo = Math.min(events, from + PROGRESS_EVERY);
                long began = System.nanoTime();
                append(journal, from, upTo);
                double rate = (upTo - from) / seconds(began);
                table.add("journal", thousands(upTo), rate);
                System.err.println("filled " + thousands(upTo) + ", " + thousands(Math.round(rate)) + " events/s");
            }
            held = journal.head();
            journal.close().block(PATIENCE);
        }
        report.say(table.markdown());
        return held;
    }

    private void append(Journal journal, long from, long upTo) {
        int blocks = (int) ((upTo - from + EVENTS_PER_BLOCK - 1) / EVENTS_PER_BLOCK);
        Flux.range(0, blocks)
                .map(block -> from + (long) block * EVENTS_PER_BLOCK)
                .map(first -> block(first, Math.min(upTo, first + EVENTS_PER_BLOCK)))
                .flatMap(block -> journal.append(block, AppendCondition.none()), BLOCKS_AT_ONCE)
                .then()
                .block(PATIENCE);
    }

    private List<NewEvent> block(long from, long upTo) {
        int entities = Math.max(1, events / Sample.EVENTS_PER_ENTITY);
        List<NewEvent> block = new ArrayList<>();
        for (long number = from; number < upTo; number++) {
            int entity = (int) (number % entities);
            block.add(JournalContender.event(entity % FILLERS, entity));
        }
        return block;
    }

    private void sizes(long held) throws IOException {
        long payload = (long) Sample.of(12, 123_456).json().getBytes(StandardCharsets.UTF_8).length * held;
        long store = Files.size(directory.resolve(NAME).resolve("plumbline.mv"));
        long index;
        try (Database database = database()) {
            index = Files.size(directory.resolve("cache").resolve(database.collection() + ".index"));
        }
        Table table = new Table("Files with " + thousands(held) + " events, closed", "");
        table.add("database", "bytes", (double) store);
        table.add("database", "bytes/event", (double) store / held);
        table.add("database", "bytes / payload", (double) store / payload);
        table.add("index", "bytes", (double) index);
        table.add("index", "bytes/event", (double) index / held);
        report.say(table.markdown());
        targetOfMany(held, "database file / payload", 2.5, table.median("database", "bytes / payload"));
    }

    private void starts(long held) throws IOException, InterruptedException {
        Table table = new Table("Start with " + thousands(held) + " events", "");
        String withFile = "with the index file";
        for (int round = 0; round < rounds; round++) {
            Opening.inProcessOfItsOwn(directory, false).addTo(table, "reading the whole chain");
            Opening.inProcessOfItsOwn(directory, true).addTo(table, withFile);
        }
        report.say(table.markdown());
        double wanted = events <= MILLION ? 2 : 15;
        report.target(
                "journal opens with " + thousands(held) + " events, s",
                Bound.AT_MOST,
                wanted,
                table.median(withFile, Opening.JOURNAL_SECONDS));
        // Three shared tags and one of the command.
        targetOfMany(held, "heap of the index, bytes/event", 48, table.median(withFile, Opening.HEAP_BYTES));
    }

    /** Of few events, what every file and every process has counts most. */
    private void targetOfMany(long held, String what, double most, double measured) {
        if (events >= MILLION) {
            report.target(what + ", " + thousands(held) + " events", Bound.AT_MOST, most, measured);
        }
    }

    /** What is done with a journal that has been opened, at this size of it. */
    private void work(long held) {
        try (Database database = database()) {
            Journal journal = open(database, keepingIndex(database, directory));
            Table appends = new Table("Append with " + thousands(held) + " events, acknowledged events/s", "");
            var unused = rate(journal);
            for (int round = 0; round < rounds; round++) {
                appends.add("journal", WRITERS + " writers", rate(journal));
            }
            report.say(appends.markdown());
            scatter(journal);
            journal.close().block(PATIENCE);
            Table loads = new Table("Load an entity of 20 of " + thousands(held) + " events, ms", "");
            Journal warm = open(database, keepingIndex(database, directory));
            Journal cold = open(database, keepingIndex(database, directory).withCacheBytes(1));
            for (int round = 0; round < rounds; round++) {
                load(warm, "blocks in memory", loads);
                load(cold, "cold", loads);
            }
            report.say(loads.markdown());
            Mono.when(warm.close(), cold.close()).block(PATIENCE);
        }
    }

    /** One event an append, of a few entities, each on the condition that nobody else has touched the entity. */
    private double rate(Journal journal) {
        long start = System.nanoTime();
        long end = start + each.toNanos();
        long appends = ReactiveWriters.run(
                WRITERS,
                writer -> System.nanoTime() < end,
                writer -> Mono.defer(() -> {
                    Criteria untouched = JournalContender.criteria(writer, writer);
                    NewEvent event = JournalContender.event(writer, writer);
                    return journal.append(List.of(event), new AppendCondition(journal.head(), untouched));
                }));
        return appends / seconds(start);
    }

    /** Entities whose events lie scattered over small blocks. */
    private static void scatter(Journal journal) {
        Flux.range(0, Sample.EVENTS_PER_ENTITY)
                .concatMap(round -> Flux.range(0, ENTITIES)
                        .flatMap(
                                entity -> journal.append(
                                        List.of(JournalContender.event(FILLER, entity)), AppendCondition.none()),
                                FILLERS)
                        .then())
                .blockLast(PATIENCE);
    }

    private static void load(Journal journal, String row, Table table) {
        Random random = new Random(1);
        double[] millis = new double[LOADS];
        for (int i = -LOADS; i < LOADS; i++) { // the first ones warm up
            long start = System.nanoTime();
            long found = JournalContender.load(journal, FILLER, random.nextInt(ENTITIES));
            if (found < Sample.EVENTS_PER_ENTITY) {
                throw new IllegalStateException("An entity is not complete");
            }
            millis[Math.max(0, i)] = (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        table.add(row, "p50", millis[LOADS / 2]);
        table.add(row, "p99", millis[LOADS * 99 / 100]);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / NANOS_PER_SECOND;
    }

    private static String thousands(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
