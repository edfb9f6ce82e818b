package cn.plumbline.benchmarks.axon4;

import cn.plumbline.benchmarks.Contender;
import cn.plumbline.benchmarks.Progress;
import cn.plumbline.benchmarks.Sample;
import cn.plumbline.benchmarks.Worker;
import cn.plumbline.benchmarks.Writers;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.extensions.mongo.DefaultMongoTemplate;
import org.axonframework.extensions.mongo.eventsourcing.eventstore.MongoEventStorageEngine;
import org.axonframework.extensions.mongo.eventsourcing.eventstore.StorageStrategy;
import org.axonframework.extensions.mongo.eventsourcing.eventstore.documentpercommit.DocumentPerCommitStorageStrategy;
import org.axonframework.extensions.mongo.eventsourcing.eventstore.documentperevent.DocumentPerEventStorageStrategy;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.json.JacksonSerializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Axon 4 on MongoDB, with a document per event or per commit: an entity is an aggregate, and its sequence numbers, by
 * a unique index, are the condition of an append. Reading everything is not measured: it sorts by another index, which
 * the server in memory does not have.
 */
final class Axon4Contender implements Contender {

    private static final String AGGREGATE = "Unit";
    private static final String COLLECTION = "domainevents";

    private final StorageStrategy strategy;
    private final Progress progress = new Progress();
    private @Nullable MongoClient client;
    private @Nullable MongoDatabase database;
    private @Nullable MongoEventStorageEngine engine;

    private Axon4Contender(StorageStrategy strategy) {
        this.strategy = strategy;
    }

    public static void main(String[] args) throws IOException {
        Worker.serve(new Axon4Contender(
                switch (args[0]) {
                    case "event" -> new DocumentPerEventStorageStrategy();
                    case "commit" -> new DocumentPerCommitStorageStrategy();
                    default -> throw new IllegalArgumentException(args[0]);
                }));
    }

    @Override
    public void open(String address, String name) {
        close();
        progress.clear();
        client = MongoClients.create(address);
        database = client.getDatabase(name);
        JacksonSerializer serializer = JacksonSerializer.defaultSerializer();
        engine = MongoEventStorageEngine.builder()
                .mongoTemplate(
                        DefaultMongoTemplate.builder().mongoDatabase(database).build())
                .storageStrategy(strategy)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .build();
    }

    @Override
    public long append(int writers, IntPredicate more) {
        MongoEventStorageEngine current = engine();
        return Writers.blocking(writers, more, writer -> {
            Sample sample = Sample.of(writer, progress.entity(writer));
            current.appendEvents(List.of(new GenericDomainEventMessage<>(
                    AGGREGATE, sample.unitId(), progress.sequence(writer), sample, MetaData.from(Sample.metadata()))));
            progress.stored(writer);
        });
    }

    @Override
    public Map<String, Load> loads() {
        return Map.of("by aggregate", (writer, entity) -> {
            long count = 0;
            var events = engine().readEvents(Sample.entity(writer, entity));
            while (events.hasNext()) {
                count += decoded(events.next());
            }
            return count;
        });
    }

    private static int decoded(EventMessage<?> event) {
        return event.getPayload() == null || event.getMetaData().isEmpty() ? 0 : 1;
    }

    @Override
    public long storedBytes() {
        return Objects.requireNonNull(database, "not open")
                .runCommand(new Document("collStats", COLLECTION))
                .get("size", Number.class)
                .longValue();
    }

    @Override
    public void close() {
        if (database != null && client != null) {
            database.drop();
            client.close();
            database = null;
            client = null;
        }
    }

    private MongoEventStorageEngine engine() {
        return Objects.requireNonNull(engine, "not open");
    }
}
