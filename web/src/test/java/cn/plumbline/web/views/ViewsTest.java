package cn.plumbline.web.views;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Title;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Appended;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.query.ViewDefinition;
import cn.plumbline.query.Views;
import cn.plumbline.web.Facts;
import cn.plumbline.web.RealApplication;
import cn.plumbline.web.Visitor;
import cn.plumbline.web.Visitor.Answer;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.codec.ServerSentEvent;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

@RealApplication
class ViewsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    @Qualifier("journal")
    private Journal journal;

    @Autowired
    private Views views;

    @LocalServerPort
    private int port;

    private final String mark = "V" + UUID.randomUUID();
    private Visitor reader;
    private long before;

    @BeforeEach
    void remembersWhereItBegan() {
        reader = new Visitor(port, "auditor");
        before = journal.head();
    }

    @Nested
    class TheCatalogue {

        @Test
        void hasEveryViewWithItsParametersAndSchema() {
            JsonNode views = reader.get("/api/views").json();
            assertThat(views.valueStream().map(view -> view.path("name").asString()))
                    .contains("coverage-map", "blind-spots", "coverage-by-kind", "group-directory");
            assertThat(views).allSatisfy(view -> {
                assertThat(view.path("title").path("zh").asString()).isNotBlank();
                assertThat(view.path("schema").path("properties").propertyNames())
                        .contains("view", "version", "asOf", "knownAt", "position");
            });
        }
    }

    @Nested
    class AnAnswer {

        @Test
        void saysWhatItStandsOn() {
            long position = append(Facts.organ(mark));
            JsonNode answer = reader.get("/api/views/organ-directory?asOf=2015-12-30&waitFor={p}", position)
                    .json();
            assertThat(answer.path("view").asString()).isEqualTo("organ-directory");
            assertThat(answer.path("version").asInt()).isPositive();
            assertThat(answer.path("asOf").asString()).isEqualTo("2015-12-30");
            assertThat(answer.has("knownAt")).isTrue();
            assertThat(answer.path("knownAt").isNull()).isTrue();
            assertThat(answer.path("position").asLong()).isGreaterThanOrEqualTo(position);
            assertThat(organs(answer)).contains(mark);
        }

        @Test
        void knowsWhatWasKnownAtAPosition() {
            long position = append(Facts.organ(mark));
            assertThat(organs(reader.get("/api/views/organ-directory?knownAt={p}&limit=1000", position)
                            .json()))
                    .contains(mark);
            JsonNode earlier = reader.get("/api/views/organ-directory?knownAt={p}&limit=1000", position - 1)
                    .json();
            assertThat(organs(earlier)).doesNotContain(mark);
            assertThat(earlier.path("knownAt").asLong()).isEqualTo(position - 1);
            assertThat(organs(reader.get("/api/views/organ-directory?knownAt=0").json()))
                    .isEmpty();
        }

        @Test
        void knowsWhatWasKnownAtAnInstant() {
            long position = append(Facts.organ(mark));
            String recordedAt = stored(position).recordedAt().toString();
            assertThat(organs(reader.get("/api/views/organ-directory?knownAt={at}&limit=1000", recordedAt)
                            .json()))
                    .contains(mark);
            assertThat(organs(reader.get("/api/views/organ-directory?knownAt=2015-01-01T00:00:00%2B08:00")
                            .json()))
                    .isEmpty();
        }

        @Test
        void waitsForThePositionThatTheReaderHasSeen() {
            CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                    () -> reader.get("/api/views/organ-directory?waitFor={p}&waitTimeout=30&limit=1000", before + 1)
                            .json());
            append(Facts.organ(mark));
            assertThat(waiting)
                    .succeedsWithin(LIMIT)
                    .satisfies(answer -> assertThat(organs(answer)).contains(mark));
        }

        @Test
        void doesNotWaitForEver() {
            Answer answer = reader.get("/api/views/organ-directory?waitFor={p}&waitTimeout=1", before + 1_000_000);
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.json().path("code").asString()).isEqualTo("TIMEOUT");
        }

        @Test
        void isNotSentAgainWhileNothingHasChanged() {
            long position = append(Facts.organ(mark));
            String asked = "/api/views/organ-directory?asOf=2015-12-30&knownAt=" + position;
            Answer first = reader.get(asked);
            String tag = first.headers().getETag();
            assertThat(tag).startsWith("W/\"");

            Answer again = reader.get(headers -> headers.setIfNoneMatch(tag), asked);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().getETag()).isEqualTo(tag);

            assertThat(reader.get(headers -> headers.setIfNoneMatch(tag), asked + "&format=csv")
                            .status())
                    .isEqualTo(200);
            assertThat(reader.get(
                                    headers -> headers.setIfNoneMatch(tag),
                                    "/api/views/organ-directory?asOf=2015-12-31&knownAt=" + position)
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void leadsToTheNextPage() {
            append(Facts.organ(mark + "-1"), Facts.organ(mark + "-2"), Facts.organ(mark + "-3"));
            long known = journal.head();
            List<String> seen = new ArrayList<>();
            String asked = "/api/views/organ-directory?limit=2&knownAt=" + known;
            while (asked != null) {
                Answer page = reader.get(asked);
                assertThat(page.status()).as(asked).isEqualTo(200);
                assertThat(organs(page.json())).hasSizeBetween(1, 2);
                seen.addAll(organs(page.json()));
                asked = next(page);
            }
            assertThat(seen)
                    .doesNotHaveDuplicates()
                    .contains(mark + "-1", mark + "-2", mark + "-3")
                    .isEqualTo(organs(reader.get("/api/views/organ-directory?limit=1000&knownAt=" + known)
                            .json()));
        }

        @Test
        void isATableForSpreadsheets() {
            long position = append(Facts.organ(mark));
            Answer csv = reader.get("/api/views/organ-directory?format=csv&limit=1000&waitFor={p}", position);
            assertThat(csv.headers().getFirst("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
            assertThat(csv.headers().getFirst("Content-Disposition")).contains("organ-directory-");
            assertThat(new String(csv.body(), StandardCharsets.UTF_8))
                    .startsWith("\uFEFF")
                    .startsWith("\uFEFF机关编号,机关名称,层级,上级机关\r\n")
                    .contains("\r\n" + mark + ",机关" + mark + ",PROVINCE,");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                             |                       | zh-CN | 机关编号
                             | zh-CN,zh;q=0.9,en;q=.8 | zh-CN | 机关编号
                             | en-GB,en;q=0.9         | en    | Organ id
                             | fr, en;q=0.5           | en    | Organ id
                             | fr                     | zh-CN | 机关编号
                             | ;;;                    | zh-CN | 机关编号
                    &lang=en |                        | en    | Organ id
                    &lang=zh | en                     | zh-CN | 机关编号
                    &lang=en | zh                     | en    | Organ id
                    """)
        void hasItsTitlesInTheReadersLanguage(
                @Nullable String lang, @Nullable String accepted, String language, String title) {
            Answer csv = reader.get(
                    headers -> {
                        if (accepted != null) {
                            headers.set("Accept-Language", accepted);
                        }
                    },
                    "/api/views/organ-directory?format=csv&limit=1" + (lang == null ? "" : lang));
            assertThat(csv.headers().getFirst("Content-Language")).isEqualTo(language);
            assertThat(csv.headers().getFirst("Vary")).contains("Accept-Language");
            assertThat(csv.headers().getFirst("ETag")).contains("csv." + language);
            assertThat(new String(csv.body(), StandardCharsets.UTF_8)).startsWith("\uFEFF" + title + ",");
        }

        @Test
        void speaksNoOtherLanguage() {
            Answer refused = reader.get("/api/views/organ-directory?format=csv&lang=fr");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("parameter").asString()).isEqualTo("lang");
        }

        @Test
        void hasATitleForEveryColumn() {
            assertThat(views.all())
                    .hasSizeGreaterThan(3)
                    .filteredOn(ViewDefinition::table)
                    .allSatisfy(view -> {
                        for (RecordComponent column : view.rowType().getRecordComponents()) {
                            Title title = column.getAnnotation(Title.class);
                            assertThat(title)
                                    .as("%s of %s", column.getName(), view.name())
                                    .isNotNull();
                            assertThat(title.zh()).containsPattern("\\p{IsHan}");
                            assertThat(title.en()).matches("\\p{ASCII}+");
                        }
                    });
        }
    }

    @Nested
    class AStream {

        @Test
        void beginsWithTheWholeAndGoesOnWithWhatChanges() {
            StepVerifier.create(reader.stream(headers -> {}, "/api/views/organ-directory/stream?limit=1000")
                            .filter(event -> event.event() != null))
                    .assertNext(event -> {
                        assertThat(event.event()).isEqualTo("snapshot");
                        assertThat(Long.parseLong(event.id())).isGreaterThanOrEqualTo(before);
                        assertThat(json(event).path("view").asString()).isEqualTo("organ-directory");
                    })
                    .then(() -> append(Facts.organ(mark)))
                    .assertNext(event -> {
                        assertThat(event.event()).isEqualTo("update");
                        assertThat(Long.parseLong(event.id())).isGreaterThan(before);
                        assertThat(json(event)
                                        .path("rows")
                                        .valueStream()
                                        .map(row -> row.path("organId").asString()))
                                .contains(mark);
                    })
                    .thenCancel()
                    .verify(LIMIT);
        }

        @Test
        void beginsWithTheWholeAgainAfterItBroke() {
            append(Facts.organ(mark));
            ServerSentEvent<String> first = reader.stream(
                            headers -> headers.set("Last-Event-ID", "1"), "/api/views/organ-directory/stream")
                    .filter(event -> event.event() != null)
                    .blockFirst(LIMIT);
            assertThat(first.event()).isEqualTo("snapshot");
        }

        @Test
        void beats() {
            assertThat(reader.stream(headers -> {}, "/api/views/organ-directory/stream?knownAt=0")
                            .filter(event -> event.event() == null)
                            .take(2)
                            .collectList()
                            .block(LIMIT))
                    .hasSize(2);
        }
    }

    @Nested
    class AHistory {

        @Test
        void hasEveryEventOfTheRecordWithItsLeaf() {
            long last = append(Facts.unit(mark), Facts.unit(mark + "b"), Facts.unit(mark));
            JsonNode history =
                    reader.get("/api/records/{tag}/history", "unit:" + mark).json();
            assertThat(history.path("entries")
                            .valueStream()
                            .map(entry -> entry.path("position").asLong()))
                    .containsExactly(last - 2, last);
            assertThat(history.path("entries")).allSatisfy(entry -> {
                long position = entry.path("position").asLong();
                assertThat(entry.path("leafHash").asString())
                        .isEqualTo(HexFormat.of().formatHex(stored(position).leafHash()));
                assertThat(entry.path("action").path("zh").asString()).isEqualTo("登记单位");
            });
        }

        @Test
        void endsAtWhatWasKnown() {
            long last = append(Facts.unit(mark), Facts.unit(mark));
            JsonNode history = reader.get("/api/records/{tag}/history?knownAt={p}", "unit:" + mark, last - 1)
                    .json();
            assertThat(history.path("entries")).hasSize(1);
            assertThat(reader.get("/api/records/{tag}/history?knownAt=0", "unit:" + mark)
                            .json()
                            .path("entries"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/views/nothing, 404, UNKNOWN_VIEW",
        "/api/views/nothing/stream, 404, UNKNOWN_VIEW",
        "/api/views/coverage-map, 400, BAD_PARAMETER",
        "/api/views/coverage-map/stream, 400, BAD_PARAMETER",
        "/api/views/organ-directory?color=red, 400, BAD_PARAMETER",
        "/api/views/organ-directory?asOf=2015-02-29, 400, BAD_PARAMETER",
        "/api/views/organ-directory?asOf=2015-12-30&asOf=2015-12-30, 400, BAD_PARAMETER",
        "/api/views/organ-directory?knownAt=999999999999, 400, POSITION_IN_FUTURE",
        "/api/views/organ-directory?knownAt=-1, 400, BAD_PARAMETER",
        "/api/views/organ-directory?knownAt=yesterday, 400, BAD_PARAMETER",
        "/api/views/organ-directory?knownAt=2015-12-30T08:00:00, 400, BAD_PARAMETER",
        "/api/views/organ-directory?waitFor=x, 400, BAD_PARAMETER",
        "/api/views/organ-directory?waitTimeout=31, 400, BAD_PARAMETER",
        "/api/views/organ-directory?format=pdf, 400, BAD_PARAMETER",
        "/api/views/organ-directory?limit=0, 400, BAD_PARAMETER",
        "/api/views/organ-directory/stream?waitFor=1, 400, BAD_PARAMETER",
        "/api/views/coverage-map?organ=o&comparedTo=never, 400, BAD_PARAMETER",
        "/api/records/unit:nobody/history, 404, UNKNOWN_RECORD",
        "/api/records/unit/history, 400, BAD_PARAMETER",
        "/api/records/:/history, 400, BAD_PARAMETER",
        "/api/records/unit:1/history?limit=1, 400, BAD_PARAMETER",
        "/api/records/unit:1/history?knownAt=999999999999, 400, POSITION_IN_FUTURE",
    })
    void aRequestThatMeansNothingIsAProblem(String path, int status, String code) {
        Answer answer = reader.get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.headers().getFirst("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }

    private static List<String> organs(JsonNode answer) {
        return answer.path("organs")
                .valueStream()
                .map(organ -> organ.path("organId").asString())
                .toList();
    }

    private static String next(Answer page) {
        String link = page.headers().getFirst("Link");
        if (link == null) {
            return null;
        }
        assertThat(link).endsWith(">; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    private static JsonNode json(ServerSentEvent<String> event) {
        return EventJson.mapper().readTree(event.data());
    }

    @CanIgnoreReturnValue
    private long append(NewEvent... events) {
        Appended appended =
                journal.append(List.of(events), AppendCondition.none()).block(LIMIT);
        assertThat(appended).isNotNull();
        return appended.last();
    }

    private StoredEvent stored(long position) {
        StoredEvent stored = journal.event(position).block(LIMIT);
        assertThat(stored).isNotNull();
        return stored;
    }
}
