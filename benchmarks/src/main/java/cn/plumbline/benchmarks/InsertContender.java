package cn.plumbline.benchmarks;

import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The bare driver: one document an event, without any check. */
final class InsertContender implements Contender {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int BATCH = 1000;

    private final Progress progress = new Progress();
    private @Nullable Database database;

    private InsertContender() {}

    public static void main(String[] args) throws IOException {
        Worker.serve(new InsertContender());
    }

    @Override
    public void open(String address, String name) {
        close();
        progress.clear();
        database = Database.open(address, name);
    }

    @Override
    public long append(int writers, IntPredicate more) {
        Database current = database();
        return ReactiveWriters.run(writers, more, writer -> {
            Document document = document(writer, progress.entity(writer), progress.sequence(writer));
            progress.stored(writer);
            return current.documents().insertOne(document);
        });
    }

    private static Document document(int writer, int entity, int sequence) {
        Sample sample = Sample.of(writer, entity);
        Map<String, String> metadata = Sample.metadata();
        return new Document("_id", id(writer, entity, sequence))
                .append("type", Sample.TYPE)
                .append("version", "1")
                .append("tags", sample.tags(metadata))
                .append("metadata", new Document(Map.copyOf(metadata)))
                .append("payload", new Binary(sample.json().getBytes(StandardCharsets.UTF_8)));
    }

    private static String id(int writer, int entity, int sequence) {
        return Sample.entity(writer, entity) + "#" + sequence;
    }

    @Override
    public Map<String, Load> loads() {
        return Map.of("by _id", (writer, entity) -> {
            List<String> ids = IntStream.range(0, Sample.EVENTS_PER_ENTITY)
                    .mapToObj(sequence -> id(writer, entity, sequence))
                    .toList();
            return Flux.from(database().documents().find(Filters.in("_id", ids)))
                    .count()
                    .blockOptional(LIMIT)
                    .orElseThrow();
        });
    }

    @Override
    public Map<String, LongSupplier> replays() {
        return Map.of(
                "documents",
                () -> Flux.from(database().documents().find().batchSize(BATCH))
                        .count()
                        .blockOptional(LIMIT)
                        .orElseThrow());
    }

    @Override
    public long storedBytes() {
        return database().storedBytes();
    }

    @Override
    public void close() {
        if (database != null) {
            database.delete();
            database = null;
        }
    }

    private Database database() {
        if (database == null) {
            throw new IllegalStateException("Not open");
        }
        return database;
    }
}
