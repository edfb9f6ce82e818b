package cn.plumbline.journal;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the embedded database with its file. */
class FileJournalTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ofMillis(20));

    @TempDir
    private static Path directory;

    private static EmbeddedMongo server;
    private static MongoClient client;

    @BeforeAll
    static void start() {
        server = EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory.resolve("data")))
                .block(LIMIT);
        client = MongoClients.create(server.clientSettings());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close().block(LIMIT);
    }

    private static MongoDatabase freshDatabase() {
        return client.getDatabase("journal-" + DATABASES.incrementAndGet());
    }

    @Nested
    class AnAppend extends AppendContract {
        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS));
        }
    }

    @Nested
    class ARead extends ReadContract {
        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS.withCacheBytes(20_000)));
        }
    }

    @Nested
    class AFollower extends FollowContract {
        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS.withCacheBytes(20_000)));
        }
    }

    @Nested
    class ARestart extends RestartContract {
        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS));
        }
    }

    @Nested
    class ARestartFromAnIndexFile extends RestartContract {
        @TempDir
        private Path indexes;

        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS.withIndex(IndexSettings.inDirectory(indexes))));
        }
    }

    @Nested
    class SeveralInstances extends SeveralInstancesContract {
        @Override
        protected EventLog open() {
            return EventLog.on(Journal.open(freshDatabase(), SETTINGS));
        }
    }
}
