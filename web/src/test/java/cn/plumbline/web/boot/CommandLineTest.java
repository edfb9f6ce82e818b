package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.JournalSettings;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.proof.OutsideRecord;
import cn.plumbline.web.proof.OutsideVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The verbs that end by themselves, in this process, on a data directory of their own. */
class CommandLineTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EVENTS = 300;

    @TempDir
    private Path directory;

    private Path data;
    private Path export;

    @BeforeEach
    void fill() {
        data = directory.resolve("data");
        export = directory.resolve("export.ndjson");
        append(EVENTS);
    }

    private void append(int count) {
        PlumblineProperties properties = new PlumblineProperties(
                data,
                ZoneOffset.UTC,
                "",
                false,
                new PlumblineProperties.Mongodb(null, null, PlumblineProperties.DATABASE, false),
                PlumblineProperties.Views.usual(),
                new PlumblineProperties.Proof(List.of(), PlumblineProperties.ORIGIN));
        try (Database database = Database.open(properties).block(LIMIT)) {
            Journal journal = Journal.open(database.mongo(), JournalSettings.of("journal", "test"))
                    .block(LIMIT);
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                events.add(Facts.unit("单位-" + i));
            }
            assertThat(journal.append(events, AppendCondition.none()).block(LIMIT))
                    .isNotNull();
            journal.close().block(LIMIT);
        }
    }

    private static int run(String verb, Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word.toString());
        }
        return CommandLine.tool(verb, texts);
    }

    private List<String> exported() throws IOException {
        assertThat(run("export", "--plumbline.data-dir=" + data, "--to=" + export))
                .isZero();
        return Files.readAllLines(export);
    }

    private int verify(List<String> lines, String... more) throws IOException {
        Files.write(export, lines);
        List<Object> words = new ArrayList<>(List.of(export));
        words.addAll(List.of(more));
        return run("verify", words.toArray());
    }

    private static String vkey(List<String> lines) {
        return EventJson.mapper()
                .readTree(lines.getFirst())
                .path("vkeys")
                .get(0)
                .asString();
    }

    private Path earlier(List<String> lines) throws IOException {
        return Files.writeString(
                directory.resolve("earlier.checkpoint"),
                EventJson.mapper().readTree(lines.getFirst()).path("checkpoint").asString());
    }

    @Nested
    class AnExport {

        @Test
        void holdsWhatAnOutsiderNeedsToCheckEverything() throws IOException {
            List<String> lines = exported();
            String note = EventJson.mapper()
                    .readTree(lines.getFirst())
                    .path("checkpoint")
                    .asString();
            List<byte[]> leaves = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                JsonNode event = EventJson.mapper().readTree(line);
                byte[] salt = Base64.getDecoder().decode(event.path("salt").asString());
                leaves.add(OutsideVerifier.leaf(salt, OutsideRecord.of(event)));
            }
            assertThat(leaves).hasSize(EVENTS);
            assertThat(new OutsideVerifier(vkey(lines)).signed(note)).isTrue();
            assertThat(OutsideVerifier.head(note).size()).isEqualTo(EVENTS);
            assertThat(OutsideVerifier.head(note).root()).isEqualTo(OutsideVerifier.root(leaves));
        }

        @Test
        void isVerified() throws IOException {
            List<String> lines = exported();
            assertThat(verify(lines)).isZero();
            assertThat(verify(lines, "--vkey=" + vkey(lines))).isZero();
        }

        @Test
        void ofALaterTimeContinuesTheEarlierCheckpoint() throws IOException {
            Path earlier = earlier(exported());
            append(20);
            List<String> lines = exported();
            assertThat(lines).hasSize(EVENTS + 21);
            assertThat(verify(lines, "--checkpoint=" + earlier)).isZero();
        }

        @Test
        void withOneChangedLetterIsNotVerified() throws IOException {
            List<String> lines = new ArrayList<>(exported());
            lines.set(200, lines.get(200).replace("单位-199", "单位-198"));
            assertThat(verify(lines)).isEqualTo(1);
        }

        @Test
        void thatLacksOrRepeatsOrExchangesEventsIsNotVerified() throws IOException {
            List<String> lines = exported();
            List<String> lacking = new ArrayList<>(lines);
            String taken = lacking.remove(17);
            assertThat(verify(lacking)).isEqualTo(1);
            List<String> exchanged = new ArrayList<>(lacking);
            exchanged.add(18, taken);
            assertThat(verify(exchanged)).isEqualTo(1);
            List<String> repeated = new ArrayList<>(lines);
            repeated.add(17, taken);
            assertThat(verify(repeated)).isEqualTo(1);
            assertThat(verify(lines.subList(0, lines.size() - 1))).isEqualTo(1);
            assertThat(verify(lines)).isZero();
        }

        @Test
        void isNotVerifiedByAnotherKey() throws IOException {
            List<String> lines = exported();
            assertThat(verify(lines, "--vkey=sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"))
                    .isEqualTo(1);
        }

        @Test
        void whoseLinesAreNoneIsNotVerified() throws IOException {
            List<String> lines = new ArrayList<>(exported());
            lines.set(5, "{}");
            assertThat(verify(lines)).isEqualTo(1);
            assertThat(verify(List.of())).isEqualTo(1);
            assertThat(verify(List.of("{\"format\":\"plumbline-export/1\",\"checkpoint\":\"x\",\"vkeys\":[\"y\"]}")))
                    .isEqualTo(1);
        }
    }

    @Nested
    class ANewKey {

        @Test
        void isCosignedByTheFormerOne() throws IOException {
            String former = vkey(exported());
            assertThat(run("rotate-key", "--plumbline.data-dir=" + data)).isZero();
            List<String> lines = exported();
            assertThat(vkey(lines)).isNotEqualTo(former);
            assertThat(verify(lines, "--vkey=" + former)).isZero();
            assertThat(verify(lines, "--vkey=" + vkey(lines))).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify",
                "verify --vkey=x file",
                "verify --color=red file",
                "verify a b",
                "verify nothing-there.ndjson",
                "verify --server=http://127.0.0.1:1",
                "verify --server=here --vkey=sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                "export",
                "export --to=x --server=http://127.0.0.1:1",
                "export --to=x --server=here --user=a:b",
                "rotate-key --to=x"
            })
    void whatIsNotUnderstoodIsToldByItsExitCode(String line) {
        String[] words = line.split(" ", -1);
        assertThat(run(words[0], List.of(words).subList(1, words.length).toArray()))
                .isEqualTo(2);
    }
}
