package cn.plumbline.benchmarks;

import com.mongodb.client.result.InsertOneResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.types.Binary;
import reactor.core.publisher.Mono;

/** The bare driver without any check: one document an event, or, as the limit of any layout, one for many events. */
final class DriverContender implements Contender {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final MongoCollection<Document> collection;
    private final AtomicLong ids = new AtomicLong();
    private final int eventsPerDocument;

    DriverContender(MongoDatabase database, int eventsPerDocument) {
        this.collection = database.getCollection(eventsPerDocument == 1 ? "raw" : "limit");
        this.eventsPerDocument = eventsPerDocument;
    }

    MongoCollection<Document> collection() {
        return collection;
    }

    /** Deletes what was stored, so that the server's memory does not grow by a contender that is not read. */
    void clear() {
        Mono.from(collection.drop()).block(LIMIT);
    }

    @Override
    public String name() {
        return eventsPerDocument == 1 ? "insertOne" : "insertOne of " + eventsPerDocument + " events";
    }

    @Override
    public int eventsPerAppend() {
        return eventsPerDocument;
    }

    @Override
    public Mono<InsertOneResult> append(int writer) {
        return Mono.defer(() -> Mono.from(collection.insertOne(document(writer))));
    }

    private Document document(int writer) {
        Document document = new Document("_id", ids.incrementAndGet());
        byte[] payload = Events.payload("U-" + writer, "G-1");
        if (eventsPerDocument > 1) {
            byte[] all = new byte[payload.length * eventsPerDocument];
            for (int i = 0; i < eventsPerDocument; i++) {
                System.arraycopy(payload, 0, all, i * payload.length, payload.length);
            }
            return document.append("data", new Binary(all));
        }
        List<String> tags = new ArrayList<>(List.of("unit:U-" + writer, "group:G-1", "organ:O-1", "command:" + writer));
        return document.append("type", "dispatch.UnitCoverageStarted")
                .append("version", "1")
                .append("tags", tags)
                .append("payload", new Binary(payload));
    }
}
