package cn.plumbline.benchmarks;

import cn.plumbline.benchmarks.StoreBench.Part;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./plumbline bench WHAT [options]}: measures, prints, and with {@code --out=FILE} writes what it measured into its
 * place in the document.
 *
 * <ul>
 *   <li>{@code memory}: the journal beside its peers on a server in memory
 *   <li>{@code durable}: on the embedded database, beside Axon's JPA engine on PostgreSQL
 *   <li>{@code mongodb --uri=URI}: on a MongoDB of the caller's
 *   <li>{@code memory-reads}, {@code durable-reads}, {@code mongodb-reads}: there too, loads, replays and stored bytes
 *   <li>{@code micro}: the journal's inner loops, with {@code --iterations=N} (5) and {@code --include=REGEX}
 *   <li>{@code system}: the whole system over HTTP, with {@code --rounds=N} (3), {@code --millis=N} (10000) and
 *       {@code --jvm=OPTIONS} for the system's process
 *   <li>{@code start}: a start with many events, with {@code --events=N} (1000000), {@code --rounds=N} (3), {@code
 *       --millis=N} (2000), {@code --dir=DIR} (none: a temporary directory), which is filled up to so many events and kept
 * </ul>
 *
 * <p>Options of these: {@code --rounds=N} (3), {@code --millis=N} for each measurement (1200),
 * {@code --entities=N} to read (1000), {@code --postgres=JDBC} (else one is started).
 */
public final class Bench {

    private Bench() {}

    /** Runs what is asked for. */
    public static void main(String[] args) throws Exception {
        String what = args.length == 0 || args[0].startsWith("--") ? "memory" : args[0];
        Options options = new Options(List.of(args));
        Report report = new Report(what);
        String out = options.text("out");
        if (out != null && !report.hasPlace(Path.of(out))) { // told now, not after minutes of measuring
            System.err.println("--out=" + out + ": no document with a place for the figures of " + what
                    + "; docs/performance.md is one");
            System.exit(2);
        }
        switch (what) {
            case "memory" -> StoreBench.memory(Part.APPENDS, options, report);
            case "memory-reads" -> StoreBench.memory(Part.READS, options, report);
            case "durable" -> StoreBench.durable(Part.APPENDS, options, report);
            case "durable-reads" -> StoreBench.durable(Part.READS, options, report);
            case "mongodb" -> StoreBench.given(Part.APPENDS, options, report, options.required("uri"));
            case "mongodb-reads" -> StoreBench.given(Part.READS, options, report, options.required("uri"));
            case "micro" -> MicroBench.run(options, report);
            case "system" -> SystemBench.run(options, report);
            case "start" -> StartBench.run(options, report);
            default -> {
                System.err.println("bench [memory|durable|mongodb][-reads] | micro | system | start [--NAME=VALUE …]");
                System.exit(2);
            }
        }
        if (out != null) {
            report.write(Path.of(out));
        }
    }
}
