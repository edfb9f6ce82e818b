package cn.plumbline.journal;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.concurrent.atomic.AtomicInteger;

/** A database server in memory; each test takes a database of its own. */
public final class MemoryMongo implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final MongoClientSettings clientSettings;
    private final MongoClient client;

    public MemoryMongo() {
        clientSettings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.bindAndGetConnectionString()))
                .build();
        client = MongoClients.create(clientSettings);
    }

    public MongoDatabase freshDatabase() {
        return client.getDatabase("journal-" + DATABASES.incrementAndGet());
    }

    /** For further clients. */
    public MongoClientSettings clientSettings() {
        return clientSettings;
    }

    @Override
    public void close() {
        client.close();
        server.shutdownNow();
    }
}
