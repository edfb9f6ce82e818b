package cn.plumbline.journal.reliability;

import cn.plumbline.journal.IndexSettings;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Flux;

/**
 * A {@link Child} that is one node of several on a {@link SharedServer}, and works until it is killed. It writes its
 * index file all the time. Arguments: the port, the file with the server's secret, its name, its own directory.
 */
public final class NodeWriter {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration INDEX_PAUSE = Duration.ofMillis(1);
    /** Settles most of what a line does to it, and gives up the rest before it has arrived. */
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private static final int WORKERS = 64;

    private NodeWriter() {}

    public static void main(String[] arguments) throws IOException {
        String secret = Files.readString(Path.of(arguments[1])).strip();
        String address = "mongodb://plumbline:" + secret + "@127.0.0.1:" + arguments[0];
        MongoClientSettings direct = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(address))
                .build();
        String name = arguments[2];
        JournalSettings settings = JournalSettings.of("journal", name)
                .withPollInterval(Duration.ofMillis(20))
                .withCacheBytes(100_000)
                .withPatience(PATIENCE)
                .withIndex(new IndexSettings(Path.of(arguments[3]), INDEX_PAUSE, 1));
        try (var client = MongoClients.create(FaultyClient.settings(direct, Integer.parseInt(arguments[0])))) {
            Journal journal = Objects.requireNonNull(Journal.open(client.getDatabase("plumbline"), settings)
                    .retryWhen(Workload.UNTIL_KNOWN)
                    .block(LIMIT));
            Workload workload = new Workload(journal, name + "-", new Said());
            var working = Flux.range(1, Integer.MAX_VALUE)
                    .flatMap(workload::next, WORKERS)
                    .subscribe(done -> {}, failure -> {
                        failure.printStackTrace();
                        Runtime.getRuntime().halt(1);
                    });
            Child.awaitParentsEnd();
            working.dispose();
        }
    }

    /** What its callers are told is said aloud. */
    private static final class Said extends Promises {

        @Override
        void note(String id, Told answer) {
            super.note(id, answer);
            Child.say(id, answer);
        }
    }
}
