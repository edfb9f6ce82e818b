package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.Audit.Broken;
import cn.plumbline.journal.Audit.Fault;
import cn.plumbline.journal.Audit.Sound;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Somebody changes the database under a running journal. */
class AuditTest implements OpensLogs {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JournalSettings SETTINGS = JournalSettings.of("journal", "node-1")
            .withPollInterval(Duration.ZERO)
            .withCacheBytes(0);

    private static MemoryMongo mongo;

    private final MongoDatabase database = mongo.freshDatabase();
    private final MongoCollection<Document> blocks = database.getCollection("journal");
    private EventLog journal;

    @BeforeAll
    static void start() {
        mongo = new MemoryMongo();
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    /** 30 blocks of two events. */
    @BeforeEach
    void open() {
        journal = opened(Journal.open(database, SETTINGS));
        for (int i = 1; i <= 30; i++) {
            var unused = journal.append(List.of(started(unit(i)), ended(unit(i))), AppendCondition.none())
                    .block(LIMIT);
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Audit audit() {
        return audit(journal);
    }

    private static Audit audit(EventLog of) {
        return of.audit(Duration.ZERO, Duration.ofDays(1)).blockFirst(LIMIT);
    }

    private void change(long number, Bson update) {
        assertThat(Mono.from(blocks.updateOne(Filters.eq("_id", number), update))
                        .block(LIMIT)
                        .getModifiedCount())
                .isEqualTo(1);
    }

    private Document block(long number) {
        return Mono.from(blocks.find(Filters.eq("_id", number))).block(LIMIT);
    }

    private static byte[] bytes(Document block, String field) {
        return block.get(field, Binary.class).getData().clone();
    }

    @Test
    void aChainThatNobodyTouchedIsSound() {
        assertThat(audit()).isEqualTo(new Sound(30, journal.treeHead()));
    }

    @Test
    void aChainIsSoundBeforeItsFirstBlockAndWithIt() {
        EventLog fresh = opened(Journal.open(mongo.freshDatabase(), SETTINGS));
        assertThat(audit(fresh)).isEqualTo(new Sound(0, TreeHead.of(0, NaiveMerkleTree.root(List.of()))));
        var unused = fresh.append(List.of(started()), AppendCondition.none()).block(LIMIT);
        assertThat(audit(fresh)).isEqualTo(new Sound(1, fresh.treeHead()));
        fresh.close();
    }

    @Test
    void walksFollowOneAnotherAndSeeWhatWasAppendedMeanwhile() {
        List<Audit> walks = journal.audit(Duration.ZERO, Duration.ofMillis(1))
                .take(3)
                .concatMap(
                        walk -> journal.append(List.of(started()), AppendCondition.none())
                                .thenReturn(walk),
                        0)
                .collectList()
                .block(LIMIT);
        assertThat(walks).hasSize(3).allMatch(Sound.class::isInstance);
        assertThat(((Sound) audit()).blocks()).isEqualTo(33);
    }

    @Test
    void anyChangedByteIsNamedByItsBlock() {
        byte[] data = bytes(block(7), "data");
        for (int i = 0; i < data.length; i += 11) {
            byte[] changed = data.clone();
            changed[i] ^= 0x01;
            change(7, Updates.set("data", new Binary(changed)));
            assertThat(audit()).isInstanceOfSatisfying(Broken.class, broken -> {
                assertThat(broken.block()).isEqualTo(7);
                assertThat(broken.first()).isBetween(13L, 14L);
                assertThat(broken.last()).isBetween(broken.first(), 14L);
            });
        }
        change(7, Updates.set("data", new Binary(data)));
        assertThat(audit()).isInstanceOf(Sound.class);
    }

    @Test
    void anEventThatCannotBeDecodedIsNamedByItsPosition() {
        byte[] data = bytes(block(7), "data");
        int second =
                4 + (((data[0] & 0xff) << 24) | ((data[1] & 0xff) << 16) | ((data[2] & 0xff) << 8) | (data[3] & 0xff));
        data[second + 4 + 8] = 0x7f; // the length of its type
        change(7, Updates.set("data", new Binary(data)));
        assertThat(audit()).isEqualTo(new Broken(7, 14, 14, Fault.UNREADABLE));
    }

    @Test
    void aBlockThatIsNoneIsUnreadable() {
        change(30, Updates.set("format", 2));
        assertThat(audit()).isEqualTo(new Broken(30, 59, 60, Fault.UNREADABLE));
    }

    @Test
    void anotherTreeHeadOrTimeOrWriterIsAChange() {
        change(9, Updates.set("root", new Binary(new byte[32])));
        assertThat(audit()).isEqualTo(new Broken(9, 17, 18, Fault.CHANGED));
        change(8, Updates.set("at", Date.from(Instant.EPOCH)));
        assertThat(audit()).isEqualTo(new Broken(8, 15, 16, Fault.CHANGED));
        change(6, Updates.set("node", "node-2"));
        assertThat(audit()).isEqualTo(new Broken(6, 11, 12, Fault.CHANGED));
    }

    @Test
    void aBlockThatWasTakenOutIsMissing() {
        assertThat(Mono.from(blocks.deleteOne(Filters.eq("_id", 12L)))
                        .block(LIMIT)
                        .getDeletedCount())
                .isEqualTo(1);
        assertThat(audit()).isEqualTo(new Broken(12, 23, 24, Fault.MISSING));
    }

    @Test
    void exchangedBlocksAreAChange() {
        byte[] third = bytes(block(3), "data");
        change(3, Updates.set("data", new Binary(bytes(block(4), "data"))));
        change(4, Updates.set("data", new Binary(third)));
        assertThat(audit()).isEqualTo(new Broken(3, 5, 6, Fault.CHANGED));
    }

    /** Another journal writes another history with right tree heads; its blocks take the place of the real ones. */
    @Test
    void aWellFormedForkIsAChangeFromItsFirstBlockOn() {
        MongoDatabase elsewhere = mongo.freshDatabase();
        var copied = Flux.from(blocks.find(Filters.in("_id", List.of(1L, 2L, 3L, 4L))))
                .concatMap(block -> elsewhere.getCollection("journal").insertOne(block))
                .blockLast(LIMIT);
        assertThat(copied).isNotNull();
        EventLog forger = opened(Journal.open(elsewhere, SETTINGS));
        for (int i = 5; i <= 30; i++) {
            var unused = forger.append(List.of(started(unit(-i)), ended(unit(-i))), AppendCondition.none())
                    .block(LIMIT);
        }
        forger.close();
        var replaced = Flux.from(elsewhere.getCollection("journal").find())
                .concatMap(block -> blocks.replaceOne(Filters.eq("_id", block.get("_id")), block))
                .blockLast(LIMIT);
        assertThat(replaced).isNotNull();

        assertThat(audit()).isEqualTo(new Broken(5, 9, 10, Fault.CHANGED));
        assertThatThrownBy(() -> journal.event(9).block(LIMIT)).isInstanceOf(JournalCorrupted.class);
        assertThat(journal.event(8).block(LIMIT)).isNotNull();
    }

    @Test
    void aReadOfAChangedBlockFailsInsteadOfGivingWhatWasNeverRecorded() {
        byte[] data = bytes(block(7), "data");
        data[data.length - 1] ^= 0x01;
        change(7, Updates.set("data", new Binary(data)));
        assertThatThrownBy(() -> journal.event(13).block(LIMIT)).isInstanceOf(JournalCorrupted.class);
    }
}
