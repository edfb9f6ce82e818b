package cn.plumbline.journal;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The embedded server, in memory, or where {@code PLUMBLINE_TEST_MONGODB_URI} names a MongoDB, that one. Each test takes a
 * database of its own, which is dropped at the end.
 */
public final class MemoryMongo implements AutoCloseable {

    private static final @Nullable String ELSEWHERE = System.getenv("PLUMBLINE_TEST_MONGODB_URI");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final @Nullable EmbeddedMongo server =
            ELSEWHERE == null ? EmbeddedMongo.open(EmbeddedSettings.inMemory()).block(LIMIT) : null;
    private final MongoClientSettings clientSettings;
    private final MongoClient client;
    private final Queue<MongoDatabase> taken = new ConcurrentLinkedQueue<>();

    public MemoryMongo() {
        clientSettings = settings()
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .build();
        client = MongoClients.create(clientSettings);
    }

    private MongoClientSettings.Builder settings() {
        return server == null
                ? MongoClientSettings.builder().applyConnectionString(new ConnectionString(ELSEWHERE))
                : MongoClientSettings.builder(server.clientSettings());
    }

    public MongoDatabase freshDatabase() {
        // No name begins another: the embedded server drops all whose names begin with the given one.
        String name = "plumbline-journal-" + RUN + "-" + DATABASES.incrementAndGet() + "-test";
        MongoDatabase database = client.getDatabase(name);
        taken.add(database);
        return database;
    }

    /** For further clients. */
    public MongoClientSettings clientSettings() {
        return clientSettings;
    }

    @Override
    public void close() {
        if (server == null) {
            var unused = Flux.fromIterable(taken)
                    .concatMap(MongoDatabase::drop)
                    .then()
                    .block(LIMIT);
        }
        client.close();
        if (server != null) {
            server.close().block(LIMIT);
        }
    }
}
