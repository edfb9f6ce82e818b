package cn.plumbline.journal;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a database in memory. */
class MemoryJournalTest implements OpensLogs {

    private static final JournalSettings SETTINGS =
            JournalSettings.of("journal", "test").withPollInterval(Duration.ofMillis(20));

    private static MemoryMongo mongo;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @Nested
    class AnAppend extends AppendContract {
        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS));
        }
    }

    @Nested
    class ARead extends ReadContract {
        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS.withCacheBytes(20_000)));
        }
    }

    @Nested
    class AFollower extends FollowContract {
        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS.withCacheBytes(20_000)));
        }
    }

    @Nested
    class ARestart extends RestartContract {
        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS));
        }
    }

    @Nested
    class ARestartFromAnIndexFile extends RestartContract {
        @TempDir
        private Path indexes;

        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS.withIndex(IndexSettings.inDirectory(indexes))));
        }
    }

    @Nested
    class SeveralInstances extends SeveralInstancesContract {
        @Override
        protected EventLog open() {
            return opened(Journal.open(mongo.freshDatabase(), SETTINGS));
        }
    }
}
