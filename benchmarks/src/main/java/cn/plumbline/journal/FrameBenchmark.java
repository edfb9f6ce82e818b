package cn.plumbline.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event's way into a frame and out of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

    private final FrameWriter writer = new FrameWriter(TagHash.random(), new Salts());
    private final List<NewEvent> events = List.of(SampleEvents.event(1));
    private final byte[] frame = frame();
    private final byte[] payload = events.getFirst().payload();

    private byte[] frame() {
        byte[] whole = writer.prepare(events).getFirst().frame();
        return Arrays.copyOfRange(whole, Integer.BYTES, whole.length);
    }

    /** Canonical JSON, record, frame, salt and leaf hash. */
    @Benchmark
    public Object encode() {
        return writer.prepare(events);
    }

    /** The check for canonical form within {@link #encode}. */
    @Benchmark
    public Object canonicalPayload() {
        return CanonicalJson.of(payload);
    }

    /** What every read does: time, type, version and tags. */
    @Benchmark
    public Object readHeader() {
        return new StoredEvent(1, Instant.EPOCH, frame);
    }

    /** Everything that a reader can ask for. */
    @Benchmark
    public int readAll() {
        StoredEvent event = new StoredEvent(1, Instant.EPOCH, frame);
        return event.tags().size() + event.metadata().size() + event.id().length() + event.payload().length;
    }

    /** The leaf of a stored event, as audits and proofs compute it. */
    @Benchmark
    public Object leafHash() {
        return new StoredEvent(1, Instant.EPOCH, frame).leafHash();
    }
}
