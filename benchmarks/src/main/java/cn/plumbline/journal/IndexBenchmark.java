package cn.plumbline.journal;

import cn.plumbline.benchmarks.Sample;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The index at a million events: entities of 20, 64 groups, one organ, a command of its own each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {

    private static final int ENTITIES = 50_000;
    private static final int EVENTS = ENTITIES * Sample.EVENTS_PER_ENTITY;
    private static final int ADDED = 10_000;
    private static final int SEGMENT_BITS = 8;
    private static final String OTHER_TYPE = "dispatch.UnitCoverageEnded";

    private final TagHash tagHash = TagHash.random();
    private final Index index = new Index(tagHash, 0, SEGMENT_BITS);
    private final long[][] hashes = new long[ADDED][];
    private final Criteria[] ofOneTag = new Criteria[ENTITIES];
    private final Criteria[] ofADecision = new Criteria[ENTITIES];
    private int next;

    /** Fills it. */
    @Setup
    public void fill() {
        for (int i = 0; i < EVENTS; i++) {
            index.add(Sample.TYPE, hashes(i % ENTITIES, i));
        }
        for (int i = 0; i < ADDED; i++) {
            hashes[i] = hashes(i, EVENTS + i);
        }
        for (int entity = 0; entity < ENTITIES; entity++) {
            Tag unit = SampleEvents.unit(entity);
            ofOneTag[entity] = Criteria.tags(unit);
            Set<String> types = Set.of(Sample.TYPE, OTHER_TYPE);
            ofADecision[entity] = new Criteria(List.of(
                    new Criterion(types, Set.of(unit)),
                    new Criterion(types, Set.of(unit, new Tag("organ", "O-1"))),
                    new Criterion(Set.of(), Set.of(new Tag("command", "c-new-" + entity)))));
        }
    }

    private long[] hashes(int entity, int event) {
        return new long[] {
            tagHash.of(SampleEvents.unit(entity)),
            tagHash.of(new Tag("group", "G-" + entity % 64)),
            tagHash.of(new Tag("organ", "O-1")),
            tagHash.of(new Tag("command", "c" + event))
        };
    }

    private int nextEntity() {
        next = next + 1 == ENTITIES ? 0 : next + 1;
        return next;
    }

    /** Adds events, of four tags each, to an empty index. */
    @Benchmark
    @OperationsPerInvocation(ADDED)
    public Object add() {
        Index empty = new Index(tagHash, 0, SEGMENT_BITS);
        for (long[] tags : hashes) {
            empty.add(Sample.TYPE, tags);
        }
        return empty;
    }

    /** The 20 positions of an entity. */
    @Benchmark
    public int scanEntity() {
        Scan scan = index.scan(ofOneTag[nextEntity()], 0, EVENTS);
        int count = 0;
        while (scan.next() != Scan.END) {
            count++;
        }
        return count;
    }

    /** Nothing of the entity since the last event: the entity's own events are looked up, none is read. */
    @Benchmark
    public int checkOneTag() {
        return index.scan(ofOneTag[nextEntity()], EVENTS - 1, EVENTS).next();
    }

    /** The same with three items of tags and types, as a decision has them, since ten events before the head. */
    @Benchmark
    public int checkDecision() {
        int entity = next > ENTITIES - 12 ? 0 : next + 1;
        next = entity;
        return index.scan(ofADecision[entity], EVENTS - 10, EVENTS).next();
    }
}
