package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The headers by which a client sends a command safely: {@code Idempotency-Key} and {@code If-Match}. */
@ExtendWith(SharedHouse.class)
class RepeatedCommandTest {

    private final House house;
    private final Caller clerk;
    private final String unit = "重发-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    RepeatedCommandTest(House house) {
        this.house = house;
        this.clerk = house.as("clerk");
    }

    private static Consumer<HttpHeaders> key(String key) {
        return headers -> headers.set("Idempotency-Key", key);
    }

    private static Consumer<HttpHeaders> ifMatch(String position) {
        return headers -> headers.set("If-Match", position);
    }

    private Answer register(Consumer<HttpHeaders> headers) {
        return clerk.command("RegisterUnit", Bodies.unit(unit), headers);
    }

    @Nested
    class AnAcceptedCommand {

        @Test
        void tellsWhereItStands() {
            JsonNode answer = register(key(key)).ok().json();
            assertThat(answer.path("commandId").asString()).isEqualTo(key);
            assertThat(answer.path("position").asLong()).isEqualTo(house.head());
            assertThat(answer.path("recordedAt").asString()).endsWith("Z");
            assertThat(answer.path("events")).singleElement().satisfies(event -> {
                assertThat(event.path("id").asString()).isEqualTo(key + ".1");
                assertThat(event.path("type").asString()).isEqualTo("orgregistry.UnitRegistered");
                assertThat(event.path("position").asLong())
                        .isEqualTo(answer.path("position").asLong());
            });
        }

        @Test
        void standsInTheJournalWithItsActorAndKey() {
            long position = register(key(key)).ok().json().path("position").asLong();
            JsonNode event = house.as("integrator")
                    .get("/api/events/{position}", position)
                    .ok()
                    .json();
            assertThat(event.path("actor").asString()).isEqualTo("clerk");
            assertThat(event.path("commandid").asString()).isEqualTo(key);
            assertThat(event.path("data").path("unitId").asString()).isEqualTo(unit);
        }

        @Test
        void getsAKeyAndTheIdOfWhatItCreates() {
            Map<String, Object> body = Bodies.unit(unit);
            body.remove("unitId");
            JsonNode answer = clerk.command("RegisterUnit", body).ok().json();
            assertThat(UUID.fromString(answer.path("commandId").asString()).version())
                    .isEqualTo(7);
            assertThat(UUID.fromString(answer.path("ids").path("unitId").asString())
                            .version())
                    .isEqualTo(7);
        }
    }

    @Nested
    class TheSameAgain {

        @Test
        void getsTheFirstAnswer() {
            Answer first = register(key(key)).ok();
            Answer second = register(key(key)).ok();
            assertThat(second.json()).isEqualTo(first.json());
            assertThat(first.headers().getFirst("Idempotent-Replay")).isNull();
            assertThat(second.headers().getFirst("Idempotent-Replay")).isEqualTo("true");
            assertThat(house.head()).isEqualTo(first.json().path("position").asLong());
        }

        @Test
        void getsItAlsoForKeysInCapitals() {
            Answer first = register(key(key)).ok();
            assertThat(register(key(key.toUpperCase(java.util.Locale.ROOT)))
                            .ok()
                            .json())
                    .isEqualTo(first.json());
        }

        @Test
        void getsItWhateverTheOrderOfTheFields() {
            Answer first = register(key(key)).ok();
            Map<String, Object> body = Bodies.unit(unit);
            Object name = body.remove("name");
            body.put("name", name);
            assertThat(clerk.command("RegisterUnit", body, key(key)).ok().json())
                    .isEqualTo(first.json());
        }

        @Test
        void getsItFromManyAtOnce() {
            List<String> answers = Flux.range(0, 8)
                    .flatMap(
                            i -> clerk.client()
                                    .mutate()
                                    .build()
                                    .post()
                                    .uri("/api/commands/RegisterUnit")
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .headers(key(key))
                                    .bodyValue(EventJson.write(Bodies.unit(unit)))
                                    .exchange()
                                    .returnResult(String.class)
                                    .getResponseBody()
                                    .collectList()
                                    .map(parts -> String.join("", parts)),
                            8)
                    .collectList()
                    .block(java.time.Duration.ofSeconds(60));
            assertThat(answers).hasSize(8);
            assertThat(answers.stream().map(EventJson.mapper()::readTree).distinct())
                    .hasSize(1);
            assertThat(house.as("auditor")
                            .get("/api/events?tag={tag}", "unit:" + unit)
                            .ok()
                            .json())
                    .hasSize(1);
        }
    }

    @Nested
    class TheSameKey {

        @Test
        void isRefusedForAnotherBody() {
            register(key(key)).ok();
            long head = house.head();
            clerk.command("RegisterUnit", Bodies.and(Bodies.unit(unit), "name", "另一个名称"), key(key))
                    .problem(422, "IDEMPOTENCY_KEY_REUSED");
            assertThat(house.head()).isEqualTo(head);
        }

        @Test
        void isRefusedForAnotherCommand() {
            register(key(key)).ok();
            clerk.command("RegisterOrgan", Bodies.organ(unit), key(key)).problem(422, "IDEMPOTENCY_KEY_REUSED");
        }

        @Test
        void isRefusedForAnotherActor() {
            register(key(key)).ok();
            house.as("clerk2")
                    .command("RegisterUnit", Bodies.unit(unit), key(key))
                    .problem(422, "IDEMPOTENCY_KEY_REUSED");
        }

        @Test
        void isFreeAgainAfterARejection() {
            String group = "重发组-" + unit;
            clerk.command("AddUnitToGroup", Bodies.addToGroup(group, unit), key(key))
                    .problem(422, "GROUP_NOT_FOUND");
            JsonNode answer = register(key(key)).ok().json();
            assertThat(answer.path("commandId").asString()).isEqualTo(key);
        }
    }

    @Nested
    class APrecondition {

        @Test
        void holdsWhileNothingOfTheDecisionIsNewer() {
            long position = register(headers -> {}).ok().json().path("position").asLong();
            rename("新名称一", "\"" + position + "\"").ok();
        }

        @Test
        void isNotTouchedByOtherRecords() {
            long position = register(headers -> {}).ok().json().path("position").asLong();
            clerk.command("RegisterUnit", Bodies.unit("旁边-" + unit)).ok();
            rename("新名称二", "\"" + position + "\"").ok();
        }

        @Test
        void failsWhenSomethingIs() {
            long position = register(headers -> {}).ok().json().path("position").asLong();
            rename("新名称三", "\"" + position + "\"").ok();
            long head = house.head();
            rename("新名称四", "\"" + position + "\"").problem(412, "PRECONDITION_FAILED");
            assertThat(house.head()).isEqualTo(head);
        }

        @Test
        void isOneStrongQuotedNumber() {
            register(headers -> {}).ok();
            long head = house.head();
            for (String malformed : List.of("1", "W/\"1\"", "*", "\"x\"", "\"1\", \"2\"", "\"-1\"", "\"\"")) {
                rename("新名称五", malformed).problem(400, "BAD_PARAMETER");
            }
            assertThat(house.head()).isEqualTo(head);
        }

        private Answer rename(String name, String position) {
            return clerk.command(
                    "RenameUnit",
                    Bodies.with("unitId", unit, "name", name + unit, "on", "2016-02-01"),
                    ifMatch(position));
        }
    }

    @Test
    void aKeyIsAUuid() {
        long head = house.head();
        for (String malformed : List.of("1", "not-a-uuid", key + "0", "{" + key + "}")) {
            register(key(malformed)).problem(400, "BAD_PARAMETER");
        }
        assertThat(house.head()).isEqualTo(head);
    }
}
