package cn.plumbline.journal.reliability;

import cn.plumbline.journal.reliability.FaultyLine.Fault;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A driver with a {@link FaultyLine} of its own to the server, and dice for it. It begins without faults. */
final class FaultyClient implements AutoCloseable {

    private static final Duration LATE = Duration.ofMillis(400);
    private static final int DATA_FAULTS_PER_MILLE = 100;
    private static final int GREETING_FAULTS_PER_MILLE = 20;
    private static final Set<String> DATA_COMMANDS = Set.of("insert", "find");

    /** In such proportions: a stall costs the client a time limit. */
    private static final List<Fault> DATA_FAULTS = List.of(
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_BEFORE_REQUEST,
            Fault.CUT_IN_REQUEST,
            Fault.CUT_IN_REQUEST,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_BEFORE_REPLY,
            Fault.CUT_IN_REPLY,
            Fault.CUT_IN_REPLY,
            Fault.LATE,
            Fault.STALLED_BEFORE_REQUEST,
            Fault.STALLED_BEFORE_REPLY);

    /** A greeting that stalls would only make the driver wait for its own time limit. */
    private static final List<Fault> GREETING_FAULTS =
            List.of(Fault.CUT_BEFORE_REQUEST, Fault.CUT_IN_REQUEST, Fault.CUT_BEFORE_REPLY, Fault.CUT_IN_REPLY);

    private final FaultyLine line;
    private final MongoClient client;

    /**
     * @param direct settings of a client of the server
     */
    FaultyClient(MongoClientSettings direct) throws IOException {
        ServerAddress server = direct.getClusterSettings().getHosts().getFirst();
        line = new FaultyLine(new InetSocketAddress(server.getHost(), server.getPort()), LATE);
        client = MongoClients.create(MongoClientSettings.builder(direct)
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress("127.0.0.1", line.port()))))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(1, TimeUnit.SECONDS).readTimeout(1, TimeUnit.SECONDS))
                .applyToServerSettings(monitor -> monitor.heartbeatFrequency(500, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
                .retryWrites(false)
                .retryReads(false)
                .build());
    }

    MongoDatabase database(String name) {
        return client.getDatabase(name);
    }

    FaultyLine line() {
        return line;
    }

    /** From now on a tenth of the reads and writes meets a fault, and some of the driver's own messages. */
    void breakBy(Random dice) {
        line.throwDice(command -> {
            synchronized (dice) {
                boolean data = DATA_COMMANDS.contains(command);
                if (dice.nextInt(1000) >= (data ? DATA_FAULTS_PER_MILLE : GREETING_FAULTS_PER_MILLE)) {
                    return Fault.NONE;
                }
                List<Fault> faults = data ? DATA_FAULTS : GREETING_FAULTS;
                return faults.get(dice.nextInt(faults.size()));
            }
        });
    }

    /** From now on nothing more breaks. */
    void mend() {
        line.throwDice(command -> Fault.NONE);
    }

    @Override
    public void close() throws IOException {
        client.close();
        line.close();
    }
}
