package cn.plumbline.journal.embedded;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A MongoDB server inside the process, on 127.0.0.1, for this process or, shared, for several of one user.
 *
 * <p>On a file, an acknowledged write to one of {@link EmbeddedSettings#durable()} survives the death of the
 * process at any instant and, as far as the disk keeps its word, of the machine. Write concerns are not read: this is
 * how every client is served. What the server lacks compared with MongoDB: transactions, sessions, change streams, and
 * every index but unique ones; only equality and {@code $in} use one.
 *
 * <p>A connection is served once it has proved that it knows the secret, which {@link #clientSettings()} contains; they are
 * not for other processes, nor for logs. Other processes of a shared one read it in {@link #secretFile()}.
 */
public final class EmbeddedMongo {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedMongo.class);

    private static final int POOL_SIZE = 64;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SELECTION_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    private final EmbeddedSettings settings;
    private final Optional<DataDirectory> directory;
    private final DurableStore store;
    private final WireServer server;
    private final Secret secret;
    /** Cached, so that it happens once. */
    private final Mono<Void> close = BlockingWork.run(this::stop).cache();

    private EmbeddedMongo(
            EmbeddedSettings settings,
            Optional<DataDirectory> directory,
            DurableStore store,
            WireServer server,
            Secret secret) {
        this.settings = settings;
        this.directory = directory;
        this.store = store;
        this.server = server;
        this.secret = secret;
    }

    /**
     * Starts a server at each subscription: locks the data directory, opens the file, listens.
     *
     * @return the running server, to be closed by the caller; fails with {@link DataDirectoryInUse} when another
     *     process has the directory, with {@link IllegalStateException} when the file is damaged, with
     *     {@link PortTaken}, and with {@link IOException} when the directory cannot be made or locked
     */
    public static Mono<EmbeddedMongo> open(EmbeddedSettings settings) {
        return BlockingWork.call(() -> start(settings));
    }

    /** Settings for a client of this server: address, credential, pool and timeouts. */
    public MongoClientSettings clientSettings() {
        return MongoClientSettings.builder()
                .applicationName("plumbline")
                .credential(MongoCredential.createScramSha256Credential(secret.user(), "admin", secret.password()))
                .applyToClusterSettings(cluster -> cluster.mode(ClusterConnectionMode.SINGLE)
                        .hosts(List.of(new ServerAddress("127.0.0.1", server.port())))
                        .serverSelectionTimeout(SELECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(POOL_SIZE)
                        .minSize(2)
                        .maxConnecting(4)
                        .maxWaitTime(SELECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                                .readTimeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .retryWrites(false)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build();
    }

    /** The port at which it listens. */
    public int port() {
        return server.port();
    }

    /** The file in which other processes read the secret; empty when it is not shared. */
    public Optional<Path> secretFile() {
        return settings.sharedPort().isPresent() ? directory.map(DataDirectory::secretFile) : Optional.empty();
    }

    /** Writes the HTTP port beside the lock, so that a second process can say where the first one is to be found. */
    public Mono<Void> describe(int httpPort) {
        return BlockingWork.run(() -> {
            if (directory.isPresent()) {
                directory.get().describe(OptionalInt.of(httpPort));
            }
        });
    }

    /**
     * Stops serving, brings everything to the disk, compacts the file within {@link EmbeddedSettings#closingTime()} or
     * little more, and gives the directory free. Subscribing again has the same outcome and does nothing twice.
     */
    public Mono<Void> close() {
        return close;
    }

    private static EmbeddedMongo start(EmbeddedSettings settings) throws IOException {
        Optional<DataDirectory> directory = settings.directory().isPresent()
                ? Optional.of(DataDirectory.claim(settings.directory().get()))
                : Optional.empty();
        try {
            DurableStore store = DurableStore.open(directory.map(DataDirectory::storeFile), settings);
            try {
                DurableBackend backend = new DurableBackend(store, settings.durable());
                Secret secret = settings.sharedPort().isPresent()
                        ? SecretFile.readOrMake(directory.orElseThrow().secretFile())
                        : Secret.random();
                int port = settings.sharedPort().orElse(0);
                WireServer server = WireServer.listen(backend, secret, settings.connections(), port);
                log.debug("embedded database listens on port {}", server.port());
                return new EmbeddedMongo(settings, directory, store, server, secret);
            } catch (IOException | RuntimeException failure) {
                store.close(Duration.ZERO);
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            if (directory.isPresent()) {
                directory.get().release();
            }
            throw failure;
        }
    }

    private void stop() throws IOException, InterruptedException {
        try {
            server.close();
        } finally {
            try {
                store.close(settings.closingTime());
            } finally {
                if (directory.isPresent()) {
                    directory.get().release();
                }
            }
        }
    }
}
