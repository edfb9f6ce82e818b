package cn.plumbline.journal.axon;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.StubProcessingContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** Axon's own contract of a storage engine, on the embedded database with its file. */
class FileStorageEngineTest extends StorageEngineTestSuite<Unstamped> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private EmbeddedMongo server;
    private MongoClient client;
    private Journal journal;

    @Override
    protected Unstamped buildStorageEngine() {
        server = EmbeddedMongo.open(EmbeddedSettings.inDirectory(directory)).block(LIMIT);
        client = MongoClients.create(server.clientSettings());
        journal = Journal.open(client.getDatabase("plumbline"), JournalSettings.of("journal", "test"))
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
        client.close();
        server.close().block(LIMIT);
    }
}
