package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.Journal;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * What a reliability test does, in figures. {@code -Dplumbline.rounds=N} makes it N times as long as it is in the
 * build, {@code -Dplumbline.seed=…} throws the same dice again. For the test's own thread.
 */
public final class Trial {

    private static final int TIMES = Integer.getInteger("plumbline.rounds", 1);

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Map<Promises, Verdict> verdicts = new HashMap<>();
    private long rounds;
    private long faults;

    /** So many rounds, or as many times that as were asked for. */
    public int rounds(int inTheBuild) {
        return Math.multiplyExact(inTheBuild, TIMES);
    }

    public long seed() {
        return seed;
    }

    /** Dice of their own for each number. */
    public Random dice(long number) {
        return new Random(seed * 31 + number);
    }

    /** Counts a round, and what was done to the journal in it. */
    public void round(long faultsInIt) {
        rounds++;
        faults += faultsInIt;
    }

    /** Fails unless the journal has what was promised. */
    public void judge(Journal journal, Promises promises) {
        Verdict verdict = Verdict.on(journal, promises);
        verdicts.put(promises, verdict);
        assertThat(verdict.faults()).as("seed %d, round %d", seed, rounds).isEmpty();
    }

    /** Figures of the report: rounds, faults, acknowledged, lost and doubled events. */
    Figures figures() {
        return new Figures(rounds, faults, sum(Verdict::acknowledged), sum(Verdict::lost), sum(Verdict::doubled));
    }

    /** See {@link #figures()}. */
    record Figures(long rounds, long faults, long acknowledged, long lost, long doubled) {}

    private long sum(ToLongFunction<Verdict> figure) {
        return verdicts.values().stream().mapToLong(figure).sum();
    }
}
