package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalCorrupted;
import cn.plumbline.web.Facts;
import com.mongodb.client.model.Filters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class JournalsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BLOCKS = 3;

    @TempDir
    private Path directory;

    private PlumblineProperties properties(boolean keepIndex, boolean inMemory) {
        return new PlumblineProperties(
                directory.resolve("data"),
                ZoneOffset.UTC,
                "",
                keepIndex,
                new PlumblineProperties.Mongodb(null, null, PlumblineProperties.DATABASE, inMemory),
                PlumblineProperties.Views.usual(),
                new PlumblineProperties.Proof(List.of(), PlumblineProperties.ORIGIN));
    }

    private Path cache() {
        return directory.resolve("data/cache");
    }

    /** Opens, appends to both chains, and closes. */
    private void run(PlumblineProperties properties) {
        try (Database database = Database.open(properties).block(LIMIT);
                Journals journals = Journals.open(database.mongo(), properties, "test", true)
                        .block(LIMIT)) {
            append(journals.journal());
            append(journals.attempts());
        }
    }

    private static void append(Journal journal) {
        for (int block = 1; block <= BLOCKS; block++) {
            assertThat(journal.append(List.of(Facts.unit("单位-" + block)), AppendCondition.none())
                            .block(LIMIT))
                    .isNotNull();
        }
    }

    private static void deleteFirstBlock(Database database, String chain) {
        assertThat(Mono.from(database.mongo().getCollection(chain).deleteOne(Filters.eq("_id", 1L)))
                        .block(LIMIT)
                        .getDeletedCount())
                .isEqualTo(1);
    }

    /** Whoever reads the whole of a chain misses its first block. */
    @Test
    void keepTheirIndexesInFilesFromWhichTheNextStartGoesOn() {
        PlumblineProperties properties = properties(true, false);
        run(properties);
        assertThat(cache().resolve("journal.index")).isNotEmptyFile();
        assertThat(cache().resolve("attempts.index")).isNotEmptyFile();
        try (Database database = Database.open(properties).block(LIMIT)) {
            deleteFirstBlock(database, "journal");
            deleteFirstBlock(database, "attempts");
            try (Journals journals =
                    Journals.open(database.mongo(), properties, "test", true).block(LIMIT)) {
                assertThat(journals.journal().head()).isEqualTo(BLOCKS);
                assertThat(journals.attempts().head()).isEqualTo(BLOCKS);
            }
            PlumblineProperties readingAll = properties(false, false);
            assertThatThrownBy(() -> Journals.open(database.mongo(), readingAll, "test", true)
                            .block(LIMIT))
                    .isInstanceOf(JournalCorrupted.class);
        }
    }

    @Test
    void keepNoIndexWhereTheyShallNot() {
        run(properties(false, false));
        assertThat(cache()).doesNotExist();
    }

    @Test
    void thatPassKeepNothing() {
        run(properties(true, true));
        assertThat(directory.resolve("data")).doesNotExist();
    }
}
