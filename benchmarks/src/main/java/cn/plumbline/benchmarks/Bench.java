package cn.plumbline.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./plumbline bench [memory|durable|mongodb|micro|system|start] [options]}: measures, prints, and with {@code --out=FILE} writes
 * what it measured into its place in the document.
 *
 * <ul>
 *   <li>{@code memory}: the journal beside its peers on a server in memory
 *   <li>{@code durable}: on the embedded database, beside Axon's JPA engine on PostgreSQL
 *   <li>{@code mongodb --uri=URI}: on a MongoDB of the caller's
 *   <li>{@code micro}: the journal's inner loops, with {@code --iterations=N} (5) and {@code --include=REGEX}
 *   <li>{@code system}: the whole system over HTTP, with {@code --rounds=N} (3), {@code --millis=N} (10000) and
 *       {@code --jvm=OPTIONS} for the system's process
 *   <li>{@code start}: a start with many events, with {@code --events=N} (1000000), {@code --rounds=N} (3), {@code
 *       --millis=N} (2000), {@code --dir=DIR} (none: a temporary directory), which is filled up to so many events and kept
 * </ul>
 *
 * <p>Options of the first three: {@code --rounds=N} (3), {@code --millis=N} for each measurement (1500),
 * {@code --entities=N} to read (2000), {@code --postgres=JDBC} (else one is started).
 */
public final class Bench {

    private Bench() {}

    /** Runs what is asked for. */
    public static void main(String[] args) throws Exception {
        String what = args.length == 0 || args[0].startsWith("--") ? "memory" : args[0];
        Options options = new Options(List.of(args));
        Report report = new Report(what);
        switch (what) {
            case "memory" -> StoreBench.memory(options, report);
            case "durable" -> StoreBench.durable(options, report);
            case "mongodb" -> StoreBench.given(options, report, options.required("uri"));
            case "micro" -> MicroBench.run(options, report);
            case "system" -> SystemBench.run(options, report);
            case "start" -> StartBench.run(options, report);
            default -> {
                System.err.println("bench [memory|durable|mongodb|micro|system|start] [--NAME=VALUE …]");
                System.exit(2);
            }
        }
        String out = options.text("out");
        if (out != null) {
            report.write(Path.of(out));
        }
    }
}
