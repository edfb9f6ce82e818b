package cn.plumbline.benchmarks;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A new database on a server or, at an address that is a directory, on an embedded one in this process, which is
 * durable: every write of these benchmarks is on the disk there before it is acknowledged.
 */
final class Database implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String DURABLE = "events";

    private final MongoClient client;
    private final MongoDatabase database;
    private final @Nullable EmbeddedMongo embedded;
    private final @Nullable Path directory;

    private Database(MongoClient client, String name, @Nullable EmbeddedMongo embedded, @Nullable Path directory) {
        this.client = client;
        this.database = client.getDatabase(name);
        this.embedded = embedded;
        this.directory = directory;
    }

    static Database open(String address, String name) {
        if (address.startsWith("mongodb")) {
            return new Database(MongoClients.create(address), name, null, null);
        }
        Path directory = Path.of(address, name);
        EmbeddedMongo embedded = EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory)
                        .withDurable(DURABLE::equals)
                        // What a system that runs on does when it is idle.
                        .withClosingTime(LIMIT))
                .blockOptional(LIMIT)
                .orElseThrow();
        return new Database(MongoClients.create(embedded.clientSettings()), name, embedded, directory);
    }

    MongoDatabase database() {
        return database;
    }

    /** The name of the collection that is durable where the database is. */
    String collection() {
        return DURABLE;
    }

    MongoCollection<Document> documents() {
        return database.getCollection(DURABLE);
    }

    /** Bytes of its files, after which it is closed, or of its documents in BSON. */
    long storedBytes() {
        if (directory == null) {
            Document stats = Mono.from(database.runCommand(new Document("collStats", DURABLE)))
                    .blockOptional(LIMIT)
                    .orElseThrow();
            return stats.get("size", Number.class).longValue();
        }
        closeServer();
        return files(directory).stream().mapToLong(Database::size).sum();
    }

    void delete() {
        if (directory == null) {
            Mono.from(database.drop()).block(LIMIT);
            client.close();
            return;
        }
        closeServer();
        deleteFiles(directory);
    }

    static void deleteFiles(Path directory) {
        files(directory).forEach(Database::delete);
    }

    /** Its files stay. */
    @Override
    public void close() {
        closeServer();
    }

    private void closeServer() {
        client.close();
        if (embedded != null) {
            embedded.close().block(LIMIT);
        }
    }

    /** Deepest first. */
    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
