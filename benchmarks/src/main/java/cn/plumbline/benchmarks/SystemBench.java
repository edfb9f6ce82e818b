package cn.plumbline.benchmarks;

import cn.plumbline.benchmarks.Report.Bound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The whole system as it is started by its users, with the embedded database: commands over HTTP to the acknowledgement
 * and on to the dashboards, idle dashboards, a hot record, and the replay of a projection.
 */
final class SystemBench {

    private static final int CLERKS = 64;
    /** As many organs have a dashboard. */
    private static final int DASHBOARDS = 4;

    /** Rounds that are not counted: the system's code is compiled in them. */
    private static final int WARM_UP_ROUNDS = 5;

    private static final int IDLE = 1000;
    /** So many classes of an idle dashboard's objects are named. */
    private static final int LARGEST = 12;

    private static final int HOT = 300;
    /** As {@link #WARM_UP_ROUNDS}. */
    private static final int WARM_UP_HOT = 2;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_KIB = 1024;
    private static final long ARRIVAL_SECONDS = 10;
    private static final long SETTLE_MILLIS = 2000;

    private final RunningSystem system;
    private final Report report;
    private final int rounds;
    private final int millis;
    private final Table table = new Table("The whole system", "");
    private final Table parts = new Table("An idle dashboard, its largest parts", "class");
    private long head;
    /** One that has units, and a dashboard had. */
    private String organ = "";

    private SystemBench(RunningSystem system, Report report, Options options) {
        this.system = system;
        this.report = report;
        rounds = options.number("rounds", 3);
        millis = options.number("millis", 10_000);
    }

    static void run(Options options, Report report) throws IOException, InterruptedException, ExecutionException {
        try (RunningSystem system = RunningSystem.start(options.required("jar"), options.text("jvm", ""))) {
            new SystemBench(system, report, options).run();
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        report.machine(rounds + " rounds of " + millis + " ms after " + WARM_UP_ROUNDS
                + " of them to warm up, medians; the system with 1 GiB of heap and its embedded"
                + " database on the disk, " + CLERKS
                + " clients, each sending its next command when the last is answered");
        commands();
        for (int round = 0; round < WARM_UP_HOT; round++) {
            var unused = hot("warm-hot" + round);
        }
        for (int round = 0; round < rounds; round++) {
            add("300 commands on one group, s", hot("hot" + round));
        }
        idle();
        replay();
        report.say(table.markdown());
        report.say(parts.markdown());
        report.target("commands/s at 64 clients", Bound.AT_LEAST, 2500, median("commands/s"));
        report.target(
                "p99 from acceptance to the dashboard, ms",
                Bound.AT_MOST,
                250,
                median("acceptance to dashboard, p99 ms"));
        report.target("300 commands on one group at once, s", Bound.AT_MOST, 1, median("300 commands on one group, s"));
        report.target("an idle dashboard, KiB", Bound.AT_MOST, 10, median("idle dashboard, KiB of heap"));
        report.target(
                "replay of a projection, events/s", Bound.AT_LEAST, 25_000, median("replay of a projection, events/s"));
        report.targets();
    }

    private double median(String row) {
        return table.median(row, "");
    }

    private void add(String row, double figure) {
        table.add(row, "", figure);
    }

    /** What one clerk saw in a round. */
    private record Shift(List<Double> latencies, List<Seen> coverage) {}

    /** A change of an organ's coverage, and when its clerk knew that it was accepted. */
    private record Seen(long position, long acceptedAt) {}

    private void commands() throws IOException, InterruptedException, ExecutionException {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            var unused = round("warm" + round);
        }
        for (int round = 0; round < rounds; round++) {
            Round seen = round("round" + round);
            int commands = seen.answers().size();
            add("commands/s", commands / seen.seconds());
            add("CPU of the system per command, ms", seen.cpu() / NANOS_PER_MILLI / commands);
            add("command to acceptance, p50 ms", percentile(seen.answers(), 0.5));
            add("command to acceptance, p99 ms", percentile(seen.answers(), 0.99));
            add("acceptance to dashboard, p50 ms", percentile(seen.delays(), 0.5));
            add("acceptance to dashboard, p99 ms", percentile(seen.delays(), 0.99));
        }
    }

    /** What was seen of a round: times in milliseconds, sorted; the system's CPU in nanoseconds. */
    private record Round(double seconds, long cpu, List<Double> answers, List<Double> delays) {}

    /** One round, in new organs, so that they stay as large as organs are. */
    private Round round(String name) throws IOException, InterruptedException, ExecutionException {
        List<Clerk> clerks = new ArrayList<>();
        for (int i = 0; i < CLERKS; i++) {
            clerks.add(new Clerk(system.connect("clerk"), organ(name, i)));
        }
        List<Dashboard> dashboards = new ArrayList<>();
        for (int i = 0; i < DASHBOARDS; i++) {
            dashboards.add(new Dashboard(system.connect("dashboard"), organ(name, i)));
        }
        organ = organ(name, 0);
        long cpu = system.cpu().toNanos();
        long start = System.nanoTime();
        List<Shift> shifts = shifts(clerks, millis);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        cpu = system.cpu().toNanos() - cpu;
        List<Double> delays = new ArrayList<>();
        for (int i = 0; i < DASHBOARDS; i++) {
            for (Seen seen : shifts.get(i).coverage()) {
                delays.add(delay(dashboards.get(i), seen));
            }
        }
        for (Dashboard dashboard : dashboards) {
            dashboard.close();
        }
        for (Clerk clerk : clerks) {
            clerk.close();
        }
        List<Double> answers =
                shifts.stream().flatMap(shift -> shift.latencies().stream()).toList();
        return new Round(
                seconds,
                cpu,
                answers.stream().sorted().toList(),
                delays.stream().sorted().toList());
    }

    private static String organ(String round, int number) {
        return round + "-" + number;
    }

    private List<Shift> shifts(List<Clerk> clerks, long duration) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(duration);
        List<Callable<Shift>> work = new ArrayList<>();
        for (Clerk clerk : clerks) {
            work.add(() -> shift(clerk, end));
        }
        return all(work);
    }

    private static Shift shift(Clerk clerk, long end) throws IOException {
        List<Double> latencies = new ArrayList<>();
        List<Seen> coverage = new ArrayList<>();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            Clerk.Accepted accepted = clerk.next();
            long now = System.nanoTime();
            latencies.add((now - start) / NANOS_PER_MILLI);
            if (accepted.onTheMap()) {
                coverage.add(new Seen(accepted.position(), now));
            }
        }
        return new Shift(latencies, coverage);
    }

    /** A dashboard that was quicker than the answer had no delay. */
    private static double delay(Dashboard dashboard, Seen seen) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ARRIVAL_SECONDS);
        Long arrival = dashboard.arrival(seen.position());
        while (arrival == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Position " + seen.position() + " did not reach its dashboard");
            }
            TimeUnit.MILLISECONDS.sleep(1);
            arrival = dashboard.arrival(seen.position());
        }
        return Math.max(0, arrival - seen.acceptedAt()) / NANOS_PER_MILLI;
    }

    /** Units join one group, all at the same instant, each over a connection of its own. */
    private double hot(String organ) throws IOException, InterruptedException, ExecutionException {
        List<Clerk> clerks = new ArrayList<>();
        try (Clerk first = new Clerk(system.connect("clerk"), organ)) {
            first.register(organ + "-first");
            first.establish(organ, organ + "-first");
            for (int i = 0; i < HOT; i++) {
                first.register(organ + "-" + i);
                clerks.add(new Clerk(system.connect("clerk"), organ + "x" + i));
            }
        }
        CyclicBarrier together = new CyclicBarrier(HOT + 1);
        List<Callable<Long>> work = new ArrayList<>();
        for (int i = 0; i < HOT; i++) {
            Clerk clerk = clerks.get(i);
            String unit = organ + "-" + i;
            work.add(() -> {
                together.await();
                return clerk.join(organ, unit);
            });
        }
        work.add(() -> {
            together.await();
            return System.nanoTime();
        });
        List<Long> positions = all(work);
        long end = System.nanoTime();
        double seconds = (end - positions.removeLast()) / NANOS_PER_SECOND;
        head = Math.max(head, positions.stream().max(Long::compare).orElseThrow());
        for (Clerk clerk : clerks) {
            clerk.close();
        }
        return seconds;
    }

    private void idle() throws IOException, InterruptedException {
        List<HttpConnection> dashboards = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Map<String, Long> growth = new HashMap<>(settled());
            growth.replaceAll((type, bytes) -> -bytes);
            for (int i = 0; i < IDLE; i++) {
                HttpConnection connection = system.connect("dashboard");
                connection.follow(Dashboard.path(organ));
                dashboards.add(connection);
            }
            settled().forEach((type, bytes) -> growth.merge(type, bytes, Long::sum));
            long all = growth.values().stream().mapToLong(Long::longValue).sum();
            add("idle dashboard, KiB of heap", all / (BYTES_PER_KIB * IDLE));
            growth.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(LARGEST)
                    .forEach(each -> parts.add(each.getKey(), "bytes", each.getValue() / (double) IDLE));
            for (HttpConnection connection : dashboards) {
                connection.close();
            }
            dashboards.clear();
        }
    }

    /** After what was begun has come to rest. */
    private Map<String, Long> settled() throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        return system.liveBytes();
    }

    /** A past position is answered by folding everything up to it; each round asks for an earlier one, so anew. */
    private void replay() throws IOException {
        try (HttpConnection connection = system.connect("auditor")) {
            for (int round = 0; round < rounds; round++) {
                long position = head - 1 - round;
                long start = System.nanoTime();
                HttpConnection.Answer answer =
                        connection.get("/api/views/coverage-map?organ=" + organ + "&knownAt=" + position);
                add("replay of a projection, events/s", position * NANOS_PER_SECOND / (System.nanoTime() - start));
                if (answer.status() != 200) {
                    throw new IOException(answer.status() + " " + answer.body());
                }
            }
        }
        add("events replayed", (double) head);
    }

    private static <T> List<T> all(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private static double percentile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((int) (share * (sorted.size() - 1)));
    }
}
