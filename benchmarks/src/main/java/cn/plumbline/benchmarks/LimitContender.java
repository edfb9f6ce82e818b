package cn.plumbline.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** What no layout can pass: the bare driver inserts documents that hold {@link #EVENTS} payloads each. */
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

    private Document document(int writer) {
        byte[] payload = Sample.of(writer, 0).json().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[payload.length * EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            System.arraycopy(payload, 0, all, i * payload.length, payload.length);
        }
        return new Document("_id", ids.incrementAndGet()).append("data", new Binary(all));
    }

    @Override
    public void close() {
        if (database != null) {
            database.delete();
            database = null;
        }
    }
}
