package cn.plumbline.benchmarks;

import cn.plumbline.benchmarks.Report.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends, loads and replays by the journal, by peers and by the bare driver, in turns in one run. */
final class StoreBench {

    private static final String JOURNAL = "journal";
    private static final String INSERT = "insertOne";
    private static final String LIMIT = "insertOne of " + LimitContender.EVENTS + " events, 4 at once";
    private static final String AXON4_EVENT = "axon-mongo 4.12, document per event";
    private static final String AXON4_COMMIT = "axon-mongo 4.12, document per commit";
    private static final String AXON5_MEMORY = "Axon 5.0.1, in its own memory";
    private static final String AXON5_JPA = "Axon 5.0.1 JPA, PostgreSQL";

    private static final List<Integer> WRITERS = List.of(1, 16, 64, 256);
    private static final int MANY = 2048;
    private static final int LIMIT_WRITERS = 4;
    private static final int LOADS = 300;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String HEAP = "2g";
    private static final String SERVER_HEAP = "6g";

    /** What is measured in one run. */
    enum Part {
        APPENDS,
        READS
    }

    private final Part part;
    private final Options options;
    private final Report report;
    private final int rounds;
    private final int millis;
    private final List<Peer> peers = new ArrayList<>();
    /** The server that this run has started, if it has. */
    private @Nullable Child server;

    /**
     * A contender in its process.
     *
     * @param writers the numbers of writers with which it is measured
     * @param working all processes that work for it; none if they are not known
     */
    private record Peer(String name, Child process, String address, List<Integer> writers, List<Child> working) {

        long cpuNanos() {
            return working.stream().mapToLong(each -> each.cpu().toNanos()).sum();
        }

        void open(String store) {
            require(process.ask("open " + address + " " + store).equals("open"));
        }
    }

    private StoreBench(Part part, Options options, Report report) {
        this.part = part;
        this.options = options;
        this.report = report;
        rounds = options.number("rounds", 3);
        millis = options.number("millis", 1200);
    }

    /** On the wire server in memory, in its own process. */
    static void memory(Part part, Options options, Report report) throws IOException {
        StoreBench bench = new StoreBench(part, options, report);
        bench.describe("a server in memory in its own process, over loopback");
        try (Child server = Child.java("server", SERVER_HEAP, ownClassPath(), MemoryServer.class.getName())) {
            bench.server = server;
            bench.onServer(server.read());
        }
    }

    /** On a MongoDB of the caller's. */
    static void given(Part part, Options options, Report report, String address) throws IOException {
        StoreBench bench = new StoreBench(part, options, report);
        bench.describe("MongoDB at the given address");
        bench.onServer(address);
    }

    private void onServer(String address) throws IOException {
        try {
            add(JOURNAL, JournalContender.class, address, WRITERS, MANY);
            add(INSERT, InsertContender.class, address, WRITERS);
            add(LIMIT, LimitContender.class, address, List.of(), MANY);
            addAxon4(AXON4_EVENT, "event", address);
            addAxon4(AXON4_COMMIT, "commit", address);
            add(AXON5_MEMORY, Axon5MemoryContender.class, "none", WRITERS);
            if (part == Part.APPENDS) {
                Table appends = appends();
                report.target(
                        "append, 1 writer: journal / insertOne",
                        Bound.AT_LEAST,
                        0.8,
                        appends.ratio(JOURNAL, INSERT, "1"));
                report.target(
                        "append, 256 writers: journal / insertOne",
                        Bound.AT_LEAST,
                        4,
                        appends.ratio(JOURNAL, INSERT, "256"));
                report.target(
                        "append, 256 writers: journal / axon-mongo",
                        Bound.AT_LEAST,
                        7,
                        appends.ratio(JOURNAL, AXON4_EVENT, "256"));
                report.target(
                        "append, 2048 writers: journal / limit",
                        Bound.AT_LEAST,
                        0.6,
                        appends.ratio(JOURNAL, LIMIT, String.valueOf(MANY)));
            } else {
                Reads reads = reads();
                report.target(
                        "load of 20 events, warm, p50, ms",
                        Bound.AT_MOST,
                        0.1,
                        reads.loads.median(JOURNAL + ": blocks in memory", "p50"));
                report.target(
                        "load of 20 events, p50: cold journal / raw",
                        Bound.AT_MOST,
                        1.5,
                        reads.loads.median(JOURNAL + ": cold", "p50") / reads.loads.median(INSERT + ": by _id", "p50"));
                report.target(
                        "replay: journal as frames / raw",
                        Bound.AT_LEAST,
                        1,
                        reads.replays.median(JOURNAL + ": frames", "events/s")
                                / reads.replays.median(INSERT + ": documents", "events/s"));
                report.target(
                        "replay: decoded events/s",
                        Bound.AT_LEAST,
                        150_000,
                        reads.replays.median(JOURNAL + ": decoded", "events/s"));
            }
            report.targets();
        } finally {
            peers.forEach(peer -> peer.process.close());
        }
    }

    /** On disks: every append is synced before it is acknowledged. */
    static void durable(Part part, Options options, Report report) throws IOException {
        StoreBench bench = new StoreBench(part, options, report);
        Path directory = Files.createTempDirectory("plumbline-bench-");
        try (Postgres postgres = Postgres.start(options.text("postgres"), bench.home() + "/postgres")) {
            bench.onDisks(directory.toString(), postgres.address());
        } finally {
            Files.delete(directory);
        }
    }

    private void onDisks(String directory, @Nullable String postgres) throws IOException {
        describe("the embedded database in the contender's process, and PostgreSQL with fsync in its own");
        try {
            add(JOURNAL, JournalContender.class, directory, WRITERS, MANY);
            add(INSERT, InsertContender.class, directory, WRITERS);
            add(LIMIT, LimitContender.class, directory, List.of(), MANY);
            if (postgres == null) {
                report.say("No PostgreSQL on this machine: Axon's JPA engine is left out.\n\n");
            } else {
                add(AXON5_JPA, Axon5JpaContender.class, postgres, WRITERS);
            }
            if (part == Part.APPENDS) {
                Table appends = appends();
                report.target(
                        "durable append, 256 writers: journal / Axon 5 JPA",
                        Bound.AT_LEAST,
                        5,
                        appends.ratio(JOURNAL, AXON5_JPA, "256"));
            } else {
                var unused = reads();
            }
            report.targets();
        } finally {
            peers.forEach(peer -> peer.process.close());
        }
    }

    private void describe(String server) {
        report.machine(rounds + " rounds of " + millis + " ms, medians; " + server
                + "; every contender in a process of its own, in turns");
    }

    private void add(String name, Class<? extends Contender> main, String address, List<Integer> writers, int... more)
            throws IOException {
        List<Integer> all = new ArrayList<>(writers);
        for (int count : more) {
            all.add(count);
        }
        add(name, Child.java(name, HEAP, ownClassPath(), main.getName()), address, all);
    }

    private void add(String name, Child process, String address, List<Integer> writers) {
        boolean remote = address.startsWith("mongodb");
        boolean unknown = address.startsWith("jdbc") || (remote && server == null);
        List<Child> working = new ArrayList<>();
        if (!unknown) {
            working.add(process);
        }
        if (remote && server != null) {
            working.add(server);
        }
        peers.add(new Peer(name, process, address, writers, working));
    }

    private void addAxon4(String name, String strategy, String address) throws IOException {
        String path = home() + "/axon4/target/classes:" + home() + "/axon4/target/lib/*";
        Child process = Child.java(name, HEAP, path, "cn.plumbline.benchmarks.axon4.Axon4Contender", strategy);
        add(name, process, address, WRITERS);
    }

    private static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** The directory of the benchmarks in the checkout. */
    private String home() {
        return options.required("home");
    }

    private Table appends() {
        Table table = new Table("Append, acknowledged events/s by number of writers", "writers");
        Table cpu = new Table("CPU of contender and server, µs per event", "writers");
        List<Integer> columns = new ArrayList<>(WRITERS);
        columns.add(MANY);
        for (Peer peer : peers) {
            peer.open("warmup" + peers.indexOf(peer));
            for (int writers : List.of(64, 1)) { // also the path of one alone, which is another
                require(peer.process.askNumber("append " + writers + " " + 2 * millis) > 0);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : peers) {
                peer.open("round" + round + "of" + peers.indexOf(peer));
            }
            for (int writers : columns) {
                for (Peer peer : peers) {
                    if (peer.writers.contains(writers)) {
                        measure(peer, writers, table, cpu);
                    }
                }
            }
        }
        report.say(table.markdown());
        report.say(table.ratios(JOURNAL));
        report.say(cpu.markdown());
        return table;
    }

    private void measure(Peer peer, int writers, Table rates, Table cpu) {
        long before = peer.cpuNanos();
        long start = System.nanoTime();
        int atOnce = peer.name.equals(LIMIT) ? LIMIT_WRITERS : writers;
        double rate = peer.process.askNumber("append " + atOnce + " " + millis);
        double events = rate * (System.nanoTime() - start) / NANOS_PER_SECOND;
        rates.add(peer.name, String.valueOf(writers), rate);
        double micros = (peer.cpuNanos() - before) / NANOS_PER_MICRO;
        cpu.add(peer.name, String.valueOf(writers), peer.working.isEmpty() ? Double.NaN : micros / events);
    }

    private record Reads(Table loads, Table replays) {}

    private Reads reads() {
        Table loads = new Table("Load an entity of 20 events, ms", "");
        Table replays = new Table("Read everything", "");
        Table bytes = new Table("Stored", "");
        int entities = options.number("entities", 1000);
        List<Peer> readers =
                peers.stream().filter(peer -> !peer.name.equals(LIMIT)).toList();
        for (Peer peer : readers) {
            peer.open("reads" + peers.indexOf(peer));
            require(peer.process.askNumber("fill " + entities) > 0);
        }
        for (int round = 0; round < rounds; round++) {
            for (Peer peer : readers) {
                String[] load = peer.process.ask("loads " + LOADS).split("\t", -1);
                for (int i = 0; i < load.length; i += 3) {
                    loads.add(peer.name + ": " + load[i], "p50", Double.parseDouble(load[i + 1]));
                    loads.add(peer.name + ": " + load[i], "p99", Double.parseDouble(load[i + 2]));
                }
                String[] replay = peer.process.ask("replays").split("\t", -1);
                for (int i = 0; i + 1 < replay.length; i += 2) { // none: one empty text
                    replays.add(peer.name + ": " + replay[i], "events/s", Double.parseDouble(replay[i + 1]));
                }
            }
        }
        for (Peer peer : readers) {
            double perEvent = peer.process.askNumber("bytes");
            if (perEvent > 0) {
                bytes.add(peer.name, "bytes per event", perEvent);
            }
        }
        report.say(loads.markdown());
        report.say(replays.markdown());
        report.say(bytes.markdown());
        return new Reads(loads, replays);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("A contender did not do what it was asked for");
        }
    }
}
