package cn.plumbline.journal.embedded;

import static cn.plumbline.journal.embedded.Opened.all;
import static cn.plumbline.journal.embedded.Opened.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void aDurableWriteIsInTheFileWhenItIsAnswered() throws IOException {
        try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
            for (long id = 1; id <= 5; id++) {
                first(opened.collection("journal").insertOne(new Document("_id", id)));
                assertThat(documentsInACopy("journal")).isEqualTo((int) id);
            }
        }
    }

    @Test
    void whereItIsSharedEveryWriteIsThatOthersRelyOn() throws IOException {
        try (Opened opened = Opened.with(EmbeddedSettings.shared(directory, 0))) {
            MongoCollection<Document> views = opened.collection("views");
            for (int id = 1; id <= 5; id++) {
                first(views.insertOne(new Document("_id", id)));
                assertThat(documentsInACopy("views")).isEqualTo(id);
                first(views.deleteOne(Filters.eq("_id", id)));
                assertThat(documentsInACopy("views")).isEqualTo(id - 1);
                first(views.replaceOne(
                        Filters.eq("_id", id), new Document("_id", id), new ReplaceOptions().upsert(true)));
                assertThat(documentsInACopy("views")).isEqualTo(id);
            }
        }
    }

    @Test
    void anotherWriteReachesTheFileSoonAndWithTheDurableOnesBeforeIt() {
        try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
            first(opened.collection("view").insertOne(new Document("_id", "a")));
            await().atMost(LIMIT).until(() -> documentsInACopy("view") == 1);
        }
    }

    @Test
    void aDurableWriteTakesEarlierOthersWithIt() throws IOException {
        EmbeddedSettings settings = new EmbeddedSettings(
                Optional.of(directory),
                "journal"::equals,
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                16,
                OptionalInt.empty());
        try (Opened opened = Opened.with(settings)) {
            first(opened.collection("view").insertOne(new Document("_id", "a")));
            assertThat(documentsInACopy("view")).isZero();
            first(opened.collection("journal").insertOne(new Document("_id", 1L)));
            assertThat(documentsInACopy("view")).isEqualTo(1);
        }
    }

    @Test
    void aFileIsIdleAlsoWhileTokensAreClaimed() throws IOException {
        Path file = directory.resolve("plumbline.mv");
        EmbeddedSettings settings = EmbeddedSettings.inDirectory(directory).withIdleAfter(Duration.ofMillis(500));
        try (Opened opened = Opened.with(settings)) {
            MongoCollection<Document> journal = opened.collection("journal");
            for (long id = 1; id <= 300; id++) {
                first(journal.insertOne(new Document("_id", id).append("data", new Binary(new byte[400]))));
            }
            MongoCollection<Document> tokens = opened.collection("tokens");
            first(tokens.insertOne(new Document("_id", "view").append("claims", 0)));
            long grown = Files.size(file);
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
                first(tokens.updateOne(Filters.eq("_id", "view"), Updates.inc("claims", 1)));
                return Files.size(file) < grown / 2;
            });
        }
    }

    @Test
    void anIdleFileShrinksWithoutLosingAnything() throws IOException {
        Path file = directory.resolve("plumbline.mv");
        EmbeddedSettings settings = EmbeddedSettings.inDirectory(directory).withIdleAfter(Duration.ofMillis(500));
        List<Long> ids = LongStream.rangeClosed(1, 300).boxed().toList();
        try (Opened opened = Opened.with(settings)) {
            MongoCollection<Document> journal = opened.collection("journal");
            ids.forEach(id ->
                    first(journal.insertOne(new Document("_id", id).append("data", new Binary(new byte[400])))));
            first(journal.updateOne(Filters.eq("_id", 1L), Updates.set("touched", true)));
            long grown = Files.size(file);
            await().atMost(LIMIT).until(() -> Files.size(file) < grown / 2);
            assertThat(all(journal.find(Filters.in("_id", ids)))).hasSize(300);
        }
        try (Opened opened = Opened.with(settings)) {
            assertThat(all(opened.collection("journal").find(Filters.in("_id", ids))))
                    .hasSize(300)
                    .first()
                    .satisfies(document -> assertThat(document).containsEntry("touched", true));
        }
    }

    @Test
    void aClosedFileIsHardlyLargerThanItsData() throws IOException {
        int blocks = 40;
        int bytes = 1024 * 1024;
        long data = (long) blocks * bytes;
        EmbeddedSettings settings =
                EmbeddedSettings.inDirectory(directory).withClosingTime(LIMIT).withDurable("journal"::equals);
        List<Long> ids = LongStream.rangeClosed(1, blocks).boxed().toList();
        try (Opened opened = Opened.with(settings)) {
            MongoCollection<Document> journal = opened.collection("journal");
            ids.forEach(id ->
                    first(journal.insertOne(new Document("_id", id).append("data", new Binary(new byte[bytes])))));
        }
        assertThat(Files.size(directory.resolve("plumbline.mv"))).isBetween(data, data * 13 / 10);
        try (Opened opened = Opened.with(settings)) {
            assertThat(all(opened.collection("journal").find(Filters.in("_id", ids))))
                    .hasSize(blocks);
        }
    }

    @Test
    void noCommitFallsIntoACommand() throws IOException {
        DurableStore store = DurableStore.open(
                Optional.of(directory.resolve("plumbline.mv")), EmbeddedSettings.inDirectory(directory));
        MVMap<Integer, byte[]> left = store.mvStore().openMap("left");
        MVMap<Integer, byte[]> right = store.mvStore().openMap("right");
        // More than H2's write buffer, which would commit in the middle of the command if it were left on.
        int values = 10;
        byte[] before = store.write(() -> {
            for (int key = 0; key < values; key++) {
                assertThat(left.put(key, new byte[4 * 1024 * 1024])).isNull();
            }
            return right.put(0, new byte[16]);
        });
        assertThat(before).isNull();
        assertThat(sizeInACopy("left", new MVMap.Builder<>())).isZero();
        store.awaitDurable();
        assertThat(sizeInACopy("left", new MVMap.Builder<>())).isEqualTo(values);
        assertThat(sizeInACopy("right", new MVMap.Builder<>())).isEqualTo(1);
        store.close(Duration.ofMillis(1));
    }

    @Test
    void aFileOfAnotherFormatIsLeftAloneAndTold() {
        Path file = directory.resolve("plumbline.mv");
        MVStore other = MVStore.open(file.toString());
        other.openMap("databases.plumbline.journal").put(1L, "as it was written then");
        other.close();
        assertThatThrownBy(() -> Opened.with(EmbeddedSettings.inDirectory(directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has format 0, this version uses 1");
        MVStore still = MVStore.open(file.toString());
        assertThat(still.openMap("databases.plumbline.journal").get(1L)).isEqualTo("as it was written then");
        still.close();
    }

    private int documentsInACopy(String collection) throws IOException {
        return sizeInACopy(
                "databases.plumbline." + collection,
                new MVMap.Builder<Object, de.bwaldvogel.mongo.bson.Document>().valueType(BsonDataType.INSTANCE));
    }

    /** What a crash at this instant would leave: the file's bytes as they are, opened elsewhere. */
    private int sizeInACopy(String map, MVMap.Builder<?, ?> types) throws IOException {
        Path copy = directory.resolveSibling(directory.getFileName() + ".copy");
        Files.copy(directory.resolve("plumbline.mv"), copy, StandardCopyOption.REPLACE_EXISTING);
        MVStore store =
                new MVStore.Builder().fileName(copy.toString()).readOnly().open();
        int size = store.hasMap(map) ? store.openMap(map, types).size() : 0;
        store.close();
        Files.delete(copy);
        return size;
    }
}
