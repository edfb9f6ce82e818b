package cn.plumbline.journal.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.AppendConflict;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.MemoryMongo;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Samples;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The judge, before journals and promises that do not fit together. */
class VerdictTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static MemoryMongo mongo;

    private final MongoDatabase database = mongo.freshDatabase();
    private final Promises promises = new Promises();
    private Journal journal;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @BeforeEach
    void open() {
        journal = Journal.open(
                        database,
                        JournalSettings.of("journal", "test")
                                .withPollInterval(Duration.ZERO)
                                .withCacheBytes(0))
                .block(LIMIT);
    }

    @AfterEach
    void close() {
        journal.close().block(LIMIT);
    }

    private void promised(String id, int count) {
        var unused = promises.append(journal, id, count).block(LIMIT);
    }

    private void appended(List<NewEvent> events) {
        var unused = journal.append(events, AppendCondition.none()).block(LIMIT);
    }

    private Verdict verdict() {
        return Verdict.on(journal, promises);
    }

    @Test
    void holdsForWhatWasPromised() {
        promised("a", 2);
        promised("b", 3);
        assertThat(promises.append(journal, "a", 2)
                        .map(appended -> "appended twice")
                        .onErrorReturn(AppendConflict.class, "refused")
                        .block(LIMIT))
                .isEqualTo("refused");

        promises.acknowledges("a", 2, 1);
        assertThat(promises.tries("c", 1)).isFalse();
        assertThat(verdict()).isEqualTo(new Verdict(5, 0, 0, List.of()));
    }

    @Test
    void countsWhatIsNotThere() {
        promised("a", 1);
        promises.acknowledges("b", 2, 2);
        assertThat(verdict().lost()).isEqualTo(2);
        assertThat(verdict().faults()).hasSize(1);
    }

    @Test
    void countsWhatIsNotWhereItWasSaid() {
        promised("a", 1);
        promised("b", 2);
        promises.acknowledges("b", 2, 3);
        assertThat(verdict().lost()).isEqualTo(1);
        assertThat(verdict().faults()).hasSize(1);
    }

    @Test
    void countsWhatIsThereTwice() {
        promised("a", 2);
        appended(Samples.command("a", 2));
        assertThat(verdict().doubled()).isEqualTo(2);
        assertThat(verdict().faults()).hasSize(2);
    }

    @Test
    void noticesHalfACommand() {
        assertThat(promises.tries("a", 2)).isFalse();
        appended(Samples.command("a", 1));
        assertThat(verdict().faults()).hasSize(1);
    }

    @Test
    void noticesWhatWasRefused() {
        appended(Samples.command("a", 1));
        var unused = promises.append(journal, "a", 1)
                .onErrorComplete(AppendConflict.class)
                .block(LIMIT);
        assertThat(verdict().faults()).hasSize(1);
    }

    @Test
    void noticesWhatWasNeverAskedFor() {
        appended(Samples.command("a", 1));
        assertThat(verdict().faults()).hasSize(1);
    }

    @Test
    void noticesWhatWasRepeatedAndFoundAndIsNotThere() {
        appended(Samples.command("a", 1));
        assertThat(promises.tries("a", 2)).isFalse();
        var unused = promises.append(journal, "a", 2)
                .onErrorComplete(AppendConflict.class)
                .block(LIMIT);
        assertThat(promises.count(Promises.Answer.PRESENT)).isEqualTo(1);
        assertThat(verdict().lost()).isEqualTo(1);
    }

    @Test
    void noticesAChangedTreeHead() {
        promised("a", 1);
        var unused = Mono.from(database.getCollection("journal")
                        .updateOne(Filters.eq("_id", 1L), Updates.set("root", new Binary(new byte[32]))))
                .block(LIMIT);
        assertThat(Verdict.auditFault(journal)).isNotEmpty();
    }
}
