package cn.plumbline.journal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The Merkle tree's right edge: what a block of 256 events, and one of a single event, adds to its commit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TreeBenchmark {

    private static final int LEAVES = 256;

    private final List<byte[]> leaves = IntStream.range(0, LEAVES)
            .mapToObj(i -> Sha256.digest().digest(new byte[] {(byte) i}))
            .toList();
    private final List<byte[]> one = leaves.subList(0, 1);
    /** Of a size with many set bits, where a root takes most hashes. */
    private final MerkleFrontier tree = grown();

    private MerkleFrontier grown() {
        MerkleFrontier grown = MerkleFrontier.empty();
        for (int i = 0; i < 12; i++) {
            grown = grown.with(leaves);
        }
        return grown.with(leaves.subList(1, LEAVES));
    }

    /** A leaf of a block of 256, its root included. */
    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public Object leafOfAFullBlock() {
        return tree.with(leaves).root();
    }

    /** A block of one leaf, its root included. */
    @Benchmark
    public Object blockOfOneLeaf() {
        return tree.with(one).root();
    }
}
