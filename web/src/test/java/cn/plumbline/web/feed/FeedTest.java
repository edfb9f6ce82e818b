package cn.plumbline.web.feed;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.web.Facts;
import cn.plumbline.web.RealApplication;
import cn.plumbline.web.Visitor;
import cn.plumbline.web.Visitor.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RealApplication
class FeedTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Autowired
    @Qualifier("journal")
    private Journal journal;

    @LocalServerPort
    private int port;

    private final String mark = "F" + UUID.randomUUID();
    private Visitor integrator;
    private long before;

    @BeforeEach
    void remembersWhereItBegan() {
        integrator = new Visitor(port, "integrator");
        before = journal.head();
    }

    @Nested
    class AnEvent {

        @Test
        void isACloudEvent() {
            append(Facts.unit(mark));
            StoredEvent stored = stored(before + 1);

            Answer answer = integrator.get("/api/events/{position}", before + 1);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().getFirst("Content-Type")).startsWith("application/cloudevents+json");
            JsonNode event = answer.json();
            assertThat(event.path("specversion").asString()).isEqualTo("1.0");
            assertThat(event.path("id").asString()).isEqualTo(stored.id());
            assertThat(event.path("source").asString()).isEqualTo("/journals/journal");
            assertThat(event.path("type").asString()).isEqualTo("orgregistry.UnitRegistered");
            assertThat(event.path("subject").asString()).isEqualTo("unit:" + mark);
            assertThat(event.path("time").asString())
                    .isEqualTo(stored.recordedAt().toString());
            assertThat(event.path("datacontenttype").asString()).isEqualTo("application/json");
            assertThat(event.path("position").asLong()).isEqualTo(before + 1);
            assertThat(event.path("commandid").asString())
                    .isEqualTo(stored.metadata().get("commandId"));
            assertThat(event.path("correlationid").asString())
                    .isEqualTo(stored.metadata().get("correlationId"));
            assertThat(event.path("actor").asString()).isEqualTo("clerk");
            assertThat(event.path("occurredon").asString()).isEqualTo("2015-11-13");
            assertThat(event.has("causationid")).isFalse();
            assertThat(event.path("data")).isEqualTo(EventJson.mapper().readTree(stored.payload()));
            assertThat(EventJson.mapper()
                            .readTree(event.path("tags").asString())
                            .valueStream()
                            .map(JsonNode::asString))
                    .contains(
                            "unit:" + mark, "command:" + event.path("commandid").asString());
        }

        @Test
        void hasNamesThatCloudEventsAllow() {
            append(Facts.unit(mark));
            assertThat(integrator
                            .get("/api/events/{position}", before + 1)
                            .json()
                            .propertyNames())
                    .allMatch(name -> name.matches("[a-z0-9]{1,20}"));
        }

        @Test
        void pointsToTheSchemaOfItsData() {
            append(Facts.unit(mark));
            JsonNode event =
                    integrator.get("/api/events/{position}", before + 1).json();
            Answer schema = integrator.get(event.path("dataschema").asString());
            assertThat(schema.status()).isEqualTo(200);
            assertThat(schema.json().path("properties").has("unitId")).isTrue();
        }

        @Test
        void showsItsSaltToAuditorsOnly() {
            append(Facts.unit(mark));
            JsonNode proven = new Visitor(port, "auditor")
                    .get("/api/events/{position}", before + 1)
                    .json();
            assertThat(Base64.getDecoder().decode(proven.path("salt").asString()))
                    .isEqualTo(stored(before + 1).salt());
            assertThat(integrator
                            .get("/api/events/{position}", before + 1)
                            .json()
                            .has("salt"))
                    .isFalse();
        }
    }

    @Nested
    class Pages {

        @Test
        void giveEveryPositionOnceAndInOrder() {
            appendUnits(25);
            List<Long> seen = new ArrayList<>();
            long after = before;
            while (true) {
                Answer page = integrator.get("/api/events?after={after}&limit=10", after);
                assertThat(page.headers().getFirst("Content-Type")).startsWith("application/cloudevents-batch+json");
                if (page.json().isEmpty()) {
                    break;
                }
                seen.addAll(positions(page));
                after = seen.getLast();
            }
            assertThat(seen).isEqualTo(positionsFrom(before + 1, 25));
        }

        @Test
        void holdWhatHasOneOfTheTypesAndAllOfTheTags() {
            append(Facts.unit(mark), Facts.organ(mark), Facts.unit(mark + "b"), Facts.unit(mark));

            assertThat(positions(integrator.get(
                            "/api/events?after={after}&type=orgregistry.OrganRegistered&type=dispatch.NamingRuleSet",
                            before)))
                    .containsExactly(before + 2);
            assertThat(positions(integrator.get("/api/events?after={after}&tag=unit:{id}", before, mark)))
                    .containsExactly(before + 1, before + 4);
            String command = stored(before + 4).metadata().get("commandId");
            assertThat(positions(integrator.get(
                            "/api/events?after={after}&tag=unit:{id}&tag=command:{command}", before, mark, command)))
                    .containsExactly(before + 4);
        }

        @Test
        void waitForTheNextEventWhenAsked() {
            CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                    () -> integrator.get("/api/events?after={after}&tag=unit:{id}&timeout=30", before, mark));
            append(Facts.unit(mark + "other"));
            append(Facts.unit(mark));
            assertThat(waiting.orTimeout(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                            .thenApply(FeedTest::positions))
                    .succeedsWithin(LIMIT)
                    .isEqualTo(List.of(before + 2));
        }

        @Test
        void areEmptyWhenTheTimeIsOver() {
            assertThat(integrator
                            .get("/api/events?after={after}&tag=unit:{id}&timeout=1", before, mark)
                            .json())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/events?after=-1, 400, BAD_PARAMETER",
        "/api/events?after=x, 400, BAD_PARAMETER",
        "/api/events?after=1&after=2, 400, BAD_PARAMETER",
        "/api/events?after=999999999999, 400, POSITION_IN_FUTURE",
        "/api/events?limit=0, 400, BAD_PARAMETER",
        "/api/events?limit=1001, 400, BAD_PARAMETER",
        "/api/events?timeout=61, 400, BAD_PARAMETER",
        "/api/events?type=nothing.AtAll, 400, BAD_PARAMETER",
        "/api/events?tag=unit, 400, BAD_PARAMETER",
        "/api/events?tag=:1, 400, BAD_PARAMETER",
        "/api/events?tag=unit:, 400, BAD_PARAMETER",
        "/api/events?color=red, 400, BAD_PARAMETER",
        "/api/events/0, 404, NOT_FOUND",
        "/api/events/999999999999, 404, NOT_FOUND",
        "/api/events/9999999999999999999999, 400, BAD_PARAMETER",
        "/api/events/x, 400, BAD_PARAMETER",
        "/api/events/1?after=1, 400, BAD_PARAMETER",
        "/api/events/stream?after=999999999999, 400, POSITION_IN_FUTURE",
        "/api/events/stream?limit=1, 400, BAD_PARAMETER",
        "/api/event-types/nothing.AtAll/1/schema, 404, NOT_FOUND",
        "/api/event-types/orgregistry.UnitRegistered/99/schema, 404, NOT_FOUND",
    })
    void aRequestThatMeansNothingIsAProblem(String path, int status, String code) {
        Answer answer = integrator.get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        assertThat(answer.headers().getFirst("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
    }

    @Test
    void theCatalogueNamesEveryTypeAndItsSchema() {
        JsonNode types = integrator.get("/api/event-types").json();
        assertThat(types).isNotEmpty().allSatisfy(type -> {
            assertThat(type.path("title").path("zh").asString()).isNotBlank();
            Answer schema = integrator.get(type.path("schema").asString());
            assertThat(schema.status()).isEqualTo(200);
            assertThat(schema.json().path("$schema").asString()).contains("2020-12");
        });
    }

    private void appendUnits(int count) {
        for (int i = 0; i < count; i++) {
            append(Facts.unit(mark + "-" + i));
        }
    }

    private void append(NewEvent... events) {
        assertThat(journal.append(List.of(events), AppendCondition.none()).block(LIMIT))
                .isNotNull();
    }

    private StoredEvent stored(long position) {
        StoredEvent stored = journal.event(position).block(LIMIT);
        assertThat(stored).isNotNull();
        return stored;
    }

    private static List<Long> positions(Answer page) {
        assertThat(page.status()).isEqualTo(200);
        return page.json()
                .valueStream()
                .map(event -> event.path("position").asLong())
                .toList();
    }

    private static List<Long> positionsFrom(long first, int count) {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            positions.add(first + i);
        }
        return positions;
    }
}
