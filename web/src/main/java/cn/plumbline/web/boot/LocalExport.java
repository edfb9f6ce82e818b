package cn.plumbline.web.boot;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.web.feed.CloudEvents;
import cn.plumbline.web.notes.VerifierKey;
import cn.plumbline.web.proof.Checkpointer;
import cn.plumbline.web.proof.KeptCheckpoint;
import cn.plumbline.web.proof.KeyRing;
import cn.plumbline.web.verify.ExportHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Exports straight from the database, while no server runs on it, and signs a checkpoint for that if there is none. */
final class LocalExport {

    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(10);
    private static final int PROGRESS_EVERY = 1000;

    private LocalExport() {}

    /** What the options of the command line say; those of the server have the same names. */
    static PlumblineProperties properties(Arguments arguments) {
        List<Path> keys = Arrays.stream(
                        arguments.option("plumbline.proof.key-file", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
        return new PlumblineProperties(
                Path.of(arguments.option("plumbline.data-dir", PlumblineProperties.DATA_DIR)),
                ZoneId.of("UTC"),
                "",
                false,
                new PlumblineProperties.Mongodb(
                        arguments.option("plumbline.mongodb.uri"),
                        path(arguments.option("plumbline.mongodb.secret-file")),
                        arguments.option("plumbline.mongodb.database", PlumblineProperties.DATABASE),
                        false),
                PlumblineProperties.Views.usual(),
                new PlumblineProperties.Proof(
                        keys, arguments.option("plumbline.proof.origin", PlumblineProperties.ORIGIN)));
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    static long write(PlumblineProperties properties, Writer to, LongConsumer progress) throws IOException {
        // What the driver logs would stand between the words of the command line.
        LoggingSystem.get(LocalExport.class.getClassLoader()).beforeInitialize();
        try (Database database = Opening.await(Database.open(properties))) {
            KeyRing keys = ProofConfiguration.keys(properties);
            Journal journal = Opening.await(Journal.open(database.mongo(), JournalSettings.of("journal", "export")));
            try {
                return write(journal, database, keys, properties.proof().origin(), to, progress);
            } finally {
                Opening.complete(journal.close(), CLOSING_LIMIT);
            }
        }
    }

    private static long write(
            Journal journal, Database database, KeyRing keys, String origin, Writer to, LongConsumer progress)
            throws IOException {
        MongoCheckpoints kept = new MongoCheckpoints(database.mongo(), journal.name());
        KeptCheckpoint checkpoint =
                Opening.await(new Checkpointer(journal, kept, keys, origin, Clock.systemUTC(), false).sign());
        List<String> verifiers =
                keys.verifiers().stream().map(VerifierKey::encoded).toList();
        to.write(new ExportHeader(checkpoint.note(), verifiers).line() + "\n");
        Mono<Long> written = journal.read(Criteria.all(), 0, checkpoint.size())
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(event -> write(journal.name(), event, to, progress))
                .count();
        return Opening.await(written);
    }

    private static void write(String journal, StoredEvent event, Writer to, LongConsumer progress) {
        try {
            to.write(CloudEvents.json(journal, event, true) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (event.position() % PROGRESS_EVERY == 0) {
            progress.accept(event.position());
        }
    }
}
