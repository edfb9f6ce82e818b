package cn.plumbline.journal.embedded;

import static cn.plumbline.journal.embedded.Opened.all;
import static cn.plumbline.journal.embedded.Opened.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EmbeddedMongoTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Nested
    class OnAFile {

        @Test
        void keepsEveryKindOfValueOverARestart() {
            BsonDocument kinds = new BsonDocument("_id", BsonDocument.parse("{organ: '甲', n: 1}"))
                    .append(
                            "list",
                            BsonDocument.parse("{a: [1, '二', {drei: []}]}").get("a"))
                    .append("int", new BsonInt32(1))
                    .append("long", new BsonInt64(1L << 60))
                    .append("double", new BsonDouble(-0.5))
                    .append("decimal", new BsonDecimal128(Decimal128.parse("1.50")))
                    .append("text", new BsonString("准绳\u0000\uD83D\uDCCF"))
                    .append("yes", BsonBoolean.TRUE)
                    .append("nothing", BsonNull.VALUE)
                    .append("bytes", new BsonBinary(new byte[] {0, -1, 127}))
                    .append("uuid", new BsonBinary(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")))
                    .append("at", new BsonDateTime(1_790_000_000_123L))
                    .append("object", new BsonObjectId(new ObjectId("0123456789abcdef01234567")));
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                first(opened.collection("view")
                        .withDocumentClass(BsonDocument.class)
                        .insertOne(kinds));
            }
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(first(opened.collection("view")
                                .find(Filters.eq("_id", kinds.get("_id")), BsonDocument.class)))
                        .isEqualTo(kinds);
            }
        }

        @Test
        void takesEqualNumbersForOneId() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                MongoCollection<Document> view = opened.collection("view");
                first(view.insertOne(new Document("_id", 1L)));
                assertThat(Opened.failure(view.insertOne(new Document("_id", 1.0))))
                        .hasMessageContaining("E11000");
                first(view.replaceOne(Filters.eq("_id", 1), new Document("n", 2)));
                assertThat(all(view.find())).containsExactly(new Document("_id", 1L).append("n", 2));
                first(view.deleteOne(Filters.eq("_id", 1.0)));
                assertThat(all(view.find())).isEmpty();
            }
        }

        @Test
        void findsADocumentByItsIdAndWhatElseIsAskedOfIt() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                MongoCollection<Document> view = opened.collection("view");
                LongStream.rangeClosed(1, 5)
                        .forEach(n -> first(view.insertOne(new Document("_id", "u" + n).append("epoch", n))));
                Bson third = Filters.eq("_id", "u3");
                assertThat(all(view.find(Filters.and(third, Filters.lte("epoch", 3L)))))
                        .hasSize(1);
                assertThat(all(view.find(Filters.and(third, Filters.lt("epoch", 3L)))))
                        .isEmpty();
                assertThat(all(view.find(new Document("_id", "u3").append("epoch", 3L))))
                        .hasSize(1);
                assertThat(all(view.find(Filters.and(Filters.in("_id", "u2", "u4", "u9"), Filters.gt("epoch", 2L)))))
                        .extracting(found -> found.get("_id"))
                        .containsExactly("u4");
                assertThat(all(view.find(Filters.and(Filters.gt("_id", "u2"), Filters.lt("epoch", 5L)))))
                        .extracting(found -> found.get("_id"))
                        .containsExactly("u3", "u4");
            }
        }

        @Test
        void keepsItsDocumentsOverARestart() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                first(opened.collection("journal").insertOne(new Document("_id", 1L).append("data", "甲")));
                first(opened.collection("view").insertOne(new Document("_id", "a").append("n", 1)));
            }
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(first(opened.collection("journal").find(Filters.eq("_id", 1L))))
                        .containsEntry("data", "甲");
                assertThat(first(opened.collection("view").find(Filters.eq("_id", "a"))))
                        .containsEntry("n", 1);
                assertThatThrownBy(() -> first(opened.collection("journal").insertOne(new Document("_id", 1L))))
                        .isInstanceOfSatisfying(
                                MongoWriteException.class,
                                duplicate -> assertThat(duplicate.getError().getCode())
                                        .isEqualTo(11000));
            }
        }

        @Test
        void closesTheDirectoryToOtherUsers() throws IOException {
            Path inner = directory.resolve("a/b");
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(inner))) {
                assertThat(opened.server).isNotNull();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inner)))
                        .isEqualTo("rwx------");
            }
        }

        @Test
        void refusesASecondOwnerAndNamesTheFirst() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                opened.server.describe(18080).block(LIMIT);
                assertThatThrownBy(() -> Opened.with(EmbeddedSettings.inDirectory(directory)))
                        .isInstanceOfSatisfying(DataDirectoryInUse.class, inUse -> {
                            assertThat(inUse.pid())
                                    .hasValue(ProcessHandle.current().pid());
                            assertThat(inUse.httpPort()).hasValue(18080);
                        })
                        .hasMessageContaining("正被另一个准绳进程使用")
                        .hasMessageContaining("HTTP port 18080");
            }
        }

        @Test
        void isFreeAgainAfterTheClose() {
            Opened.with(EmbeddedSettings.inDirectory(directory)).close();
            try (Opened again = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(all(again.client.listDatabaseNames())).isEmpty();
            }
        }

        @Test
        void closesOnceHoweverOftenItIsAsked() {
            Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory));
            opened.close();
            opened.server.close().block(LIMIT);
            assertThat(directory.resolve("plumbline.owner")).doesNotExist();
        }

        @Test
        void saysThatADamagedFileNeedsABackup() throws IOException {
            Files.writeString(directory.resolve("plumbline.mv"), "not a store".repeat(2_000));
            assertThatThrownBy(() -> Opened.with(EmbeddedSettings.inDirectory(directory)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("restore it from a backup");
            assertThat(directory.resolve("plumbline.owner")).doesNotExist();
        }
    }

    @Nested
    class AConnection {

        @Test
        void isRefusedWithoutTheSecret() {
            try (Opened opened = Opened.with(EmbeddedSettings.inMemory());
                    MongoClient stranger = MongoClients.create(opened.withoutCredential())) {
                assertThatThrownBy(() -> first(stranger.getDatabase("plumbline").listCollectionNames()))
                        .hasMessageContaining("not authenticated");
            }
        }

        @Test
        void isRefusedWithAWrongSecret() {
            MongoCredential wrong =
                    MongoCredential.createScramSha256Credential("plumbline", "admin", "guess".toCharArray());
            try (Opened opened = Opened.with(EmbeddedSettings.inMemory());
                    MongoClient stranger = MongoClients.create(
                            opened.settings().credential(wrong).build())) {
                assertThatThrownBy(() -> first(stranger.getDatabase("plumbline").listCollectionNames()))
                        .isInstanceOf(MongoException.class)
                        .hasStackTraceContaining("AuthenticationFailed");
            }
        }

        @Test
        void isRefusedWithTheSecretOfAnotherStart() {
            try (Opened opened = Opened.with(EmbeddedSettings.inMemory());
                    Opened other = Opened.with(EmbeddedSettings.inMemory());
                    MongoClient stranger = MongoClients.create(opened.settings()
                            .credential(other.server.clientSettings().getCredential())
                            .build())) {
                assertThatThrownBy(() -> first(stranger.getDatabase("plumbline").listCollectionNames()))
                        .isInstanceOf(MongoException.class)
                        .hasStackTraceContaining("AuthenticationFailed");
            }
        }

        @Test
        void neverShowsTheSecretInItsSettings() {
            try (Opened opened = Opened.with(EmbeddedSettings.inMemory())) {
                var settings = opened.server.clientSettings();
                char[] secret = Objects.requireNonNull(
                        Objects.requireNonNull(settings.getCredential()).getPassword());
                assertThat(settings.toString()).doesNotContain(new String(secret));
            }
        }
    }

    @Nested
    class UnderSixtyFourWriters {

        @Test
        void takesEveryWriteOnce() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                MongoCollection<Document> journal = opened.collection("journal");
                List<Long> accepted = Objects.requireNonNull(Flux.fromStream(
                                LongStream.rangeClosed(1, 600).boxed())
                        .flatMap(
                                id -> Mono.from(journal.insertOne(
                                                new Document("_id", id).append("data", new Binary(new byte[400]))))
                                        .thenReturn(id),
                                64)
                        .collectList()
                        .block(LIMIT));
                assertThat(accepted).hasSize(600);
                assertThat(first(journal.countDocuments())).isEqualTo(600);
            }
        }

        @Test
        void letsExactlyOneOfThoseWhoWantTheSameIdWin() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                MongoCollection<Document> journal = opened.collection("journal");
                for (long id = 1; id <= 10; id++) {
                    Document block = new Document("_id", id);
                    Long winners = Flux.range(0, 64)
                            .flatMap(
                                    writer -> Mono.from(journal.insertOne(new Document(block).append("by", writer)))
                                            .thenReturn(1)
                                            .onErrorReturn(
                                                    error -> error instanceof MongoWriteException write
                                                            && write.getError().getCode() == 11000,
                                                    0),
                                    64)
                            .filter(won -> won == 1)
                            .count()
                            .block(LIMIT);
                    assertThat(winners).isEqualTo(1);
                }
            }
        }

        @Test
        void neverShowsAReaderADocumentInTheMiddleOfAnUpdate() {
            try (Opened opened = Opened.with(EmbeddedSettings.inMemory())) {
                MongoCollection<Document> view = opened.collection("view");
                first(view.insertOne(new Document("_id", "v").append("a", 0).append("b", 0)));
                Flux<Document> reads =
                        Flux.range(0, 1_000).flatMap(n -> Flux.from(view.find(Filters.eq("_id", "v"))), 16);
                Mono<Void> updates = Flux.range(1, 1_000)
                        .flatMap(
                                n -> Mono.from(view.updateOne(
                                        Filters.eq("_id", "v"),
                                        Updates.combine(
                                                Updates.set("a", n),
                                                Updates.set("b", n),
                                                n % 2 == 0 ? Updates.set("c", n) : Updates.unset("c")))),
                                16)
                        .then();
                List<Document> seen = Objects.requireNonNull(Mono.zip(reads.collectList(), updates.thenReturn(true))
                                .block(LIMIT))
                        .getT1();
                assertThat(seen)
                        .hasSize(1_000)
                        .allSatisfy(document -> assertThat(document.get("a")).isEqualTo(document.get("b")));
            }
        }
    }

    @Test
    void sendsALargeResultInSeveralReplies() {
        try (Opened opened = Opened.with(EmbeddedSettings.inMemory())) {
            MongoCollection<Document> journal = opened.collection("journal");
            byte[] data = new byte[2 * 1024 * 1024];
            List<Long> ids =
                    IntStream.rangeClosed(1, 32).mapToObj(n -> (long) n).toList();
            ids.forEach(id -> first(journal.insertOne(new Document("_id", id).append("data", new Binary(data)))));
            assertThat(all(journal.find(Filters.in("_id", ids))))
                    .extracting(document -> document.getLong("_id"))
                    .containsExactlyElementsOf(ids);
        }
    }
}
