package cn.plumbline.benchmarks;

import cn.plumbline.benchmarks.Report.Bound;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The journal's inner loops, by JMH: time and garbage of an operation. */
final class MicroBench {

    private static final String PACKAGE = "cn.plumbline.journal.";
    private static final String NANOS = "ns";
    private static final String ERROR = "± ns";
    private static final String GARBAGE = "bytes";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double CHECK_NANOS_MAX = 2000;

    private MicroBench() {}

    static void run(Options options, Report report) throws RunnerException {
        int iterations = options.number("iterations", 5);
        report.machine("JMH, one fork, " + iterations + " iterations of a second after as many to warm up");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PACKAGE.replace(".", "\\.") + options.text("include", ".*Benchmark"))
                        .forks(1)
                        .warmupIterations(iterations)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend("-Xmx3g")
                        .shouldFailOnError(true)
                        .build())
                .run();
        Table table = new Table("Inner loops, one operation", "");
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().substring(PACKAGE.length());
            table.add(name, NANOS, result.getPrimaryResult().getScore());
            table.add(name, ERROR, result.getPrimaryResult().getScoreError());
            Result<?> garbage = result.getSecondaryResults().get(ALLOCATED);
            table.add(name, GARBAGE, garbage == null ? Double.NaN : garbage.getScore());
        }
        report.say(table.markdown());
        for (String check : new String[] {"IndexBenchmark.checkOneTag", "IndexBenchmark.checkDecision"}) {
            report.target(check + ", ns", Bound.AT_MOST, CHECK_NANOS_MAX, table.median(check, NANOS));
        }
        report.targets();
    }
}
