package cn.plumbline.web.boot;

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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** The database of this process: the embedded one, or a MongoDB elsewhere. */
final class Database implements AutoCloseable {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(15);

    /** A connection that is silent for so long is given up; without a limit a lost server would hold it for ever. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final Optional<EmbeddedMongo> embedded;
    private final MongoClient client;
    private final String name;

    private Database(Optional<EmbeddedMongo> embedded, MongoClient client, String name) {
        this.embedded = embedded;
        this.client = client;
        this.name = name;
    }

    static Mono<Database> open(PlumblineProperties properties) {
        String uri = properties.mongodb().uri();
        if (uri != null) {
            return Mono.fromCallable(() -> new Database(
                    Optional.empty(),
                    MongoClients.create(settings(
                            SecretUri.connection(uri, properties.mongodb().secretFile()))),
                    properties.mongodb().database()));
        }
        EmbeddedSettings settings = properties.mongodb().inMemory()
                ? EmbeddedSettings.inMemory()
                : EmbeddedSettings.inDirectory(properties.dataDir());
        return EmbeddedMongo.open(settings)
                .map(server -> new Database(
                        Optional.of(server),
                        MongoClients.create(server.clientSettings()),
                        properties.mongodb().database()));
    }

    /** What the address says about time limits comes before what is said here; about concerns it has no say. */
    private static MongoClientSettings settings(ConnectionString address) {
        return MongoClientSettings.builder()
                .applyToSocketSettings(socket -> socket.readTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .applyConnectionString(address)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.MAJORITY)
                .build();
    }

    /** Whether it is part of this process, and so used by no other. */
    boolean isEmbedded() {
        return embedded.isPresent();
    }

    MongoDatabase mongo() {
        return client.getDatabase(name);
    }

    /** Lets a second process say where this one is to be found. */
    Mono<Void> describe(int httpPort) {
        return Mono.justOrEmpty(embedded).flatMap(server -> server.describe(httpPort));
    }

    @Override
    public void close() {
        client.close();
        embedded.ifPresent(server -> Opening.complete(server.close(), CLOSING_LIMIT));
    }
}
