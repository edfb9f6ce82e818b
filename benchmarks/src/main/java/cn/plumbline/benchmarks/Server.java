package cn.plumbline.benchmarks;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A server to measure on. Those in this process share its cores with what is measured, as all contenders do. */
record Server(String name, MongoClient client, Runnable end) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The wire server with everything in memory. */
    static Server inMemory() {
        MongoServer server = new MongoServer(new MemoryBackend());
        MongoClient client = MongoClients.create(server.bindAndGetConnectionString());
        return new Server("in memory", client, server::shutdownNow);
    }

    /** The embedded database on a file: every write of these benchmarks is on the disk before it is acknowledged. */
    static Server durable(Path directory) {
        EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory)
                        .withDurableCollections(Set.of("journal", "raw", "limit")))
                .blockOptional(LIMIT)
                .orElseThrow();
        return new Server(
                "embedded, durable",
                MongoClients.create(mongo.clientSettings()),
                () -> mongo.close().block(LIMIT));
    }

    /** A MongoDB of the caller's. */
    static Server given(String uri) {
        return new Server("MongoDB at the given address", MongoClients.create(uri), () -> {});
    }

    MongoDatabase database(String database) {
        return client.getDatabase(database);
    }

    @Override
    public void close() {
        client.close();
        end.run();
    }
}
