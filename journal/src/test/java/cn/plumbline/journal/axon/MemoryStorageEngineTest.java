package cn.plumbline.journal.axon;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.MemoryMongo;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.StubProcessingContext;
import org.junit.jupiter.api.AfterAll;

/** Axon's own contract of a storage engine, on a database in memory. */
class MemoryStorageEngineTest extends StorageEngineTestSuite<Unstamped> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final MemoryMongo mongo = new MemoryMongo();
    private Journal journal;

    @Override
    protected Unstamped buildStorageEngine() {
        journal = Journal.open(mongo.freshDatabase(), JournalSettings.of("journal", "test"))
                .block(LIMIT);
        return new Unstamped(new JournalStorageEngine(journal, TextPayloads.converter(), TextPayloads.upcasting()));
    }

    @Override
    protected ProcessingContext processingContext() {
        return new StubProcessingContext();
    }

    @AfterAll
    void close() {
        journal.close().block(LIMIT);
        mongo.close();
    }
}
