package cn.plumbline.benchmarks;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one opening of a journal took, in a process that has done nothing before.
 *
 * @param databaseSeconds until the embedded database served
 * @param journalSeconds until the journal was open after that
 * @param heapBytesPerEvent what the open journal holds, without any blocks
 */
record Opening(double databaseSeconds, double journalSeconds, double heapBytesPerEvent) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** A column. */
    static final String JOURNAL_SECONDS = "journal opens, s";
    /** A column. */
    static final String HEAP_BYTES = "heap, bytes/event";

    private static final int COLLECTIONS = 50;
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final String MARK = "opened ";

    static Opening inProcessOfItsOwn(Path directory, boolean withFile) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        String options = System.getenv("PLUMBLINE_JAVA_OPTS");
        if (options != null && !options.isBlank()) {
            command.addAll(List.of(options.trim().split(" +", -1)));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Opening.class.getName(),
                directory.toString(),
                Boolean.toString(withFile)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !said.contains(MARK)) {
            throw new IllegalStateException("The journal was not opened: " + said);
        }
        String[] figures =
                said.substring(said.indexOf(MARK) + MARK.length()).strip().split(" ", -1);
        return new Opening(
                Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    void addTo(Table table, String row) {
        table.add(row, "database opens, s", databaseSeconds);
        table.add(row, JOURNAL_SECONDS, journalSeconds);
        table.add(row, HEAP_BYTES, heapBytesPerEvent);
    }

    /** The process: data directory, whether to use the index file. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        boolean withFile = Boolean.parseBoolean(args[1]);
        long start = System.nanoTime();
        AtomicReference<@Nullable Journal> journal = new AtomicReference<>();
        double database;
        double opened;
        try (Database server = Database.open(directory.toString(), StartBench.NAME)) {
            database = (System.nanoTime() - start) / 1e9;
            JournalSettings settings =
                    withFile ? StartBench.keepingIndex(server, directory) : StartBench.settings(server);
            start = System.nanoTime();
            journal.set(
                    Journal.open(server.database(), settings.withCacheBytes(1)).block(PATIENCE));
            opened = (System.nanoTime() - start) / 1e9;
        }
        System.out.println(MARK + String.format(Locale.ROOT, "%f %f %f", database, opened, heapBytesPerEvent(journal)));
    }

    /** What goes with it; NaN if it does not go. The database is closed already, whose pages would count too. */
    private static double heapBytesPerEvent(AtomicReference<@Nullable Journal> journal) {
        long with = usedHeap();
        Journal last = Objects.requireNonNull(journal.getAndSet(null));
        WeakReference<Journal> going = new WeakReference<>(last);
        long events = last.head();
        last.close().block(PATIENCE);
        last = null;
        long without = usedHeap();
        for (int again = 0; going.get() != null && again < COLLECTIONS; again++) {
            LockSupport.parkNanos(MOMENT.toNanos()); // its threads may still be at their ends
            without = usedHeap();
        }
        return going.get() == null ? (double) (with - without) / events : Double.NaN;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
