package cn.plumbline.journal.reliability;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A driver with a {@link FaultyLine} of its own to the server. It begins without faults. */
final class FaultyClient implements AutoCloseable {

    static final Duration LATE = Duration.ofMillis(400);
    private final FaultyLine line;
    private final MongoClient client;

    /**
     * @param direct settings of a client of the server
     */
    FaultyClient(MongoClientSettings direct) throws IOException {
        ServerAddress server = direct.getClusterSettings().getHosts().getFirst();
        line = new FaultyLine(new InetSocketAddress(server.getHost(), server.getPort()), LATE);
        client = MongoClients.create(settings(direct, line.port()));
    }

    /** A client that gives up as soon as a line that breaks asks for it. */
    static MongoClientSettings settings(MongoClientSettings direct, int port) {
        return MongoClientSettings.builder(direct)
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress("127.0.0.1", port))))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(1, TimeUnit.SECONDS).readTimeout(1, TimeUnit.SECONDS))
                .applyToServerSettings(monitor -> monitor.heartbeatFrequency(500, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
                .retryWrites(false)
                .retryReads(false)
                .build();
    }

    MongoDatabase database(String name) {
        return client.getDatabase(name);
    }

    FaultyLine line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        client.close();
        line.close();
    }
}
