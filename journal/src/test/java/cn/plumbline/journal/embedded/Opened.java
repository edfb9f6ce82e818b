package cn.plumbline.journal.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A running embedded server with a client, for tests that may wait. */
final class Opened implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    final EmbeddedMongo server;
    final MongoClient client;

    private Opened(EmbeddedMongo server) {
        this.server = server;
        this.client = MongoClients.create(server.clientSettings());
    }

    static Opened with(EmbeddedSettings settings) {
        return new Opened(Objects.requireNonNull(EmbeddedMongo.open(settings).block(LIMIT)));
    }

    MongoCollection<Document> collection(String name) {
        return client.getDatabase("plumbline").getCollection(name);
    }

    /** The settings of the server's client, to be changed. */
    MongoClientSettings.Builder settings() {
        return MongoClientSettings.builder(server.clientSettings());
    }

    /** Settings of a client that knows the address only. */
    MongoClientSettings withoutCredential() {
        return MongoClientSettings.builder()
                .applyToClusterSettings(
                        cluster -> cluster.applySettings(server.clientSettings().getClusterSettings()))
                .build();
    }

    @CanIgnoreReturnValue
    static <T> T first(Publisher<T> publisher) {
        return Objects.requireNonNull(Mono.from(publisher).block(LIMIT));
    }

    static <T> List<T> all(Publisher<T> publisher) {
        return Objects.requireNonNull(Flux.from(publisher).collectList().block(LIMIT));
    }

    /** The failure that the publisher ends with. */
    static Throwable failure(Publisher<?> publisher) {
        return Objects.requireNonNull(Flux.from(publisher)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block(LIMIT));
    }

    @Override
    public void close() {
        client.close();
        server.close().block(LIMIT);
    }
}
