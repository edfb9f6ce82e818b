package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.journal.embedded.EmbeddedMongo;
import cn.plumbline.journal.embedded.EmbeddedSettings;
import cn.plumbline.web.proof.KeptCheckpoint;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Which checkpoint is the newest is written down after it was kept; a process may die in between. */
class MongoCheckpointsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant AT = Instant.parse("2026-11-22T02:00:00Z");

    private final EmbeddedMongo mongo = Objects.requireNonNull(
            EmbeddedMongo.open(EmbeddedSettings.inMemory()).block(LIMIT));
    private final MongoClient client = MongoClients.create(mongo.clientSettings());
    private final MongoDatabase database = client.getDatabase("test");
    private final MongoCheckpoints checkpoints = new MongoCheckpoints(database, "journal");

    @BeforeEach
    void keepTwo() {
        assertThat(checkpoints.insert(checkpoint(3)).block(LIMIT)).isTrue();
        assertThat(checkpoints.insert(checkpoint(5)).block(LIMIT)).isTrue();
    }

    @AfterEach
    void close() {
        client.close();
        mongo.close().block(LIMIT);
    }

    private static KeptCheckpoint checkpoint(long size) {
        return new KeptCheckpoint(size, "note of " + size, AT);
    }

    @Test
    void findTheNewest() {
        assertThat(checkpoints.newest().block(LIMIT)).isEqualTo(checkpoint(5));
    }

    @Nested
    class AfterADeathBeforeItWasWrittenDown {

        @BeforeEach
        void die() {
            assertThat(Mono.from(database.getCollection("journal_checkpoints").deleteOne(Filters.eq("_id", "newest")))
                            .block(LIMIT))
                    .isNotNull();
            assertThat(checkpoints.newest().blockOptional(LIMIT)).isEmpty();
        }

        @Test
        void findItOnceItIsTold() {
            checkpoints.tellNewest(checkpoint(5)).block(LIMIT);
            assertThat(checkpoints.newest().block(LIMIT)).isEqualTo(checkpoint(5));
        }

        @Test
        void findItOnceSomebodyElseWantedToKeepIt() {
            assertThat(checkpoints.insert(checkpoint(5)).block(LIMIT)).isFalse();
            assertThat(checkpoints.newest().block(LIMIT)).isEqualTo(checkpoint(5));
        }
    }
}
