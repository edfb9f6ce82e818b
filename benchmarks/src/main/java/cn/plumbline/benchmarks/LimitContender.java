package cn.plumbline.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** What no layout can pass: the bare driver inserts documents that hold {@link #EVENTS} events each. */
final class LimitContender implements Contender {

    /** Events in a document. */
    static final int EVENTS = 256;

    private final AtomicLong ids = new AtomicLong();
    private @Nullable Database database;

    private LimitContender() {}

    public static void main(String[] args) throws IOException {
        Worker.serve(new LimitContender());
    }

    @Override
    public void open(String address, String name) {
        close();
        database = Database.open(address, name);
    }

    @Override
    public long append(int writers, IntPredicate more) {
        Database current = database;
        if (current == null) {
            throw new IllegalStateException("Not open");
        }
        return EVENTS
                * ReactiveWriters.run(
                        writers, more, writer -> current.documents().insertOne(document(writer)));
    }

    /** Made event by event, with all that the others store of one. */
    private Document document(int writer) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int i = 0; i < EVENTS; i++) {
            Sample sample = Sample.of(writer, i);
            Map<String, String> metadata = Sample.metadata();
            String event = metadata.get("commandId")
                    + Sample.TYPE
                    + Instant.now()
                    + sample.tags(metadata)
                    + metadata
                    + sample.json();
            data.writeBytes(event.getBytes(StandardCharsets.UTF_8));
        }
        return new Document("_id", ids.incrementAndGet()).append("data", new Binary(data.toByteArray()));
    }

    @Override
    public void close() {
        if (database != null) {
            database.delete();
            database = null;
        }
    }
}
