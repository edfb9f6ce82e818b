package cn.plumbline.journal.embedded;

import static cn.plumbline.journal.embedded.Opened.all;
import static cn.plumbline.journal.embedded.Opened.first;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bson.Document;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRepairTest {

    private static final String DOCUMENTS = "databases.plumbline.journal";
    private static final String ENTRIES = "plumbline.journal._index__id_";

    @TempDir
    Path directory;

    @BeforeEach
    void threeBlocks() {
        try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
            for (long id = 1; id <= 3; id++) {
                first(opened.collection("journal").insertOne(block(id)));
            }
        }
    }

    @Nested
    class ADocumentWithoutItsIndexEntry {

        @BeforeEach
        void tear() {
            inTheFile(store -> entries(store).remove(entries(store).lastKey()));
        }

        @Test
        void isFoundAgain() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(all(opened.collection("journal").find(Filters.in("_id", 1L, 2L, 3L))))
                        .containsExactly(block(1), block(2), block(3));
            }
        }

        @Test
        void neitherBlocksNorRepeatsItsId() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(opened.collection("journal"))
                        .satisfies(journal -> assertThat(Opened.failure(journal.insertOne(block(3))))
                                .hasMessageContaining("E11000"));
                first(opened.collection("journal").insertOne(block(4)));
                assertThat(first(opened.collection("journal").countDocuments())).isEqualTo(4);
            }
        }

        @Test
        void isMendedInTheFile() {
            Opened.with(EmbeddedSettings.inDirectory(directory)).close();
            inTheFile(store -> assertThat(entries(store).sizeAsLong()).isEqualTo(3));
        }
    }

    @Nested
    class AnIndexEntryWithoutItsDocument {

        @BeforeEach
        void tear() {
            inTheFile(store -> documents(store).remove(documents(store).lastKey()));
        }

        @Test
        void isGone() {
            try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
                assertThat(all(opened.collection("journal").find(Filters.in("_id", 1L, 2L, 3L))))
                        .containsExactly(block(1), block(2));
                first(opened.collection("journal").insertOne(block(3)));
                assertThat(first(opened.collection("journal").find(Filters.eq("_id", 3L))))
                        .isEqualTo(block(3));
            }
        }
    }

    @Test
    void anIndexThatIsMissingAsAWholeIsMadeAgain() {
        inTheFile(store -> entries(store).clear());
        try (Opened opened = Opened.with(EmbeddedSettings.inDirectory(directory))) {
            assertThat(first(opened.collection("journal").find(Filters.eq("_id", 2L))))
                    .isEqualTo(block(2));
        }
    }

    private static Document block(long id) {
        return new Document("_id", id).append("data", "block " + id);
    }

    private void inTheFile(Consumer<MVStore> change) {
        MVStore store = MVStore.open(directory.resolve("plumbline.mv").toString());
        change.accept(store);
        store.close();
    }

    private static MVMap<Object, Object> documents(MVStore store) {
        return store.openMap(DOCUMENTS);
    }

    private static MVMap<KeyValue, Object> entries(MVStore store) {
        return store.openMap(ENTRIES);
    }
}
