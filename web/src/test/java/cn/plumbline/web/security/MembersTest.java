package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import cn.plumbline.web.RealApplication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A member records for the own group only, and what is refused him is not forgotten. */
@RealApplication
class MembersTest {

    @LocalServerPort
    private int port;

    private Guest member;
    private long attempts;

    @BeforeEach
    void hasTheGroups() {
        OwnGroup.establish(port);
        member = Guest.named(port, "member");
        attempts = OwnGroup.attempts(port);
    }

    private JsonNode onlyAttempt() {
        List<JsonNode> added = OwnGroup.attempts(port, attempts);
        assertThat(added).hasSize(1);
        return added.getFirst();
    }

    @Test
    void recordsForTheOwnGroup() {
        JsonNode recorded = member.command("AppointGroupMember", OwnGroup.appointment(OwnGroup.ID))
                .ok();
        assertThat(recorded.path("events")).hasSize(1);
        assertThat(OwnGroup.attempts(port, attempts)).isEmpty();
    }

    @Test
    void recordsNothingForAnotherGroup() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = OwnGroup.appointment(OwnGroup.OTHER);
        member.command("AppointGroupMember", body, "Idempotency-Key", key).assertProblem(403, "FORBIDDEN_BY_SCOPE");

        JsonNode attempt = onlyAttempt();
        assertThat(attempt.path("commandId").asString()).isEqualTo(key);
        assertThat(attempt.path("commandName").asString()).isEqualTo("AppointGroupMember");
        assertThat(attempt.path("actor").asString()).isEqualTo("member");
        assertThat(attempt.path("rejections"))
                .extracting(rejection -> rejection.path("code").asString())
                .containsExactly("FORBIDDEN_BY_SCOPE");
        assertThat(attempt.path("body").path("groupId").asString()).isEqualTo(OwnGroup.OTHER);
    }

    @Test
    void recordsNothingThatNamesNoGroup() {
        member.command("RegisterUnit", OwnGroup.unit(OwnGroup.newId())).assertProblem(403, "FORBIDDEN_BY_SCOPE");
        assertThat(onlyAttempt().path("commandName").asString()).isEqualTo("RegisterUnit");
    }

    @Test
    void movesNoUnitToTheOwnGroup() {
        Map<String, Object> transfer = Map.of(
                "unitId",
                "单位" + OwnGroup.OTHER,
                "fromGroupId",
                OwnGroup.OTHER,
                "toGroupId",
                OwnGroup.ID,
                "effectiveFrom",
                "2017-01-01",
                "basis",
                List.of(Map.of("docNo", "示例〔2017〕1号", "title", "示例文件", "issuedOn", "2016-12-04")));
        member.command("TransferCoverage", transfer).assertProblem(403, "FORBIDDEN_BY_SCOPE");
        assertThat(onlyAttempt().path("commandName").asString()).isEqualTo("TransferCoverage");
    }

    @Test
    void isToldSoLineByLine() {
        String lines = OwnGroup.appointmentLine(OwnGroup.ID) + OwnGroup.appointmentLine(OwnGroup.OTHER);
        List<JsonNode> answers = member.post("/api/commands", Guest.LINES, lines)
                .body()
                .lines()
                .map(EventJson.mapper()::readTree)
                .toList();
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).has("commandId")).isTrue();
        assertThat(answers.get(0).path("position").asLong()).isPositive();
        assertThat(answers.get(1).path("code").asString()).isEqualTo("FORBIDDEN_BY_SCOPE");
        assertThat(answers.get(1).path("status").asInt()).isEqualTo(403);
        assertThat(onlyAttempt().path("body").path("groupId").asString()).isEqualTo(OwnGroup.OTHER);
    }

    @Test
    void isRefusedByTheFormToo() {
        Guest browser = Guest.nobody(port);
        assertThat(browser.signIn("member", "member").status()).isEqualTo(302);
        String token = Guest.token(browser.open("/record/DesignatePilot"));
        Guest.Reply reply = browser.submit(
                "/record/DesignatePilot",
                token,
                Map.of("groupId", OwnGroup.OTHER, "programme", "示例试点", "from", "2016-01-01"),
                "Accept",
                Guest.PAGE);
        assertThat(reply.status()).as(reply.body()).isEqualTo(403);
        assertThat(onlyAttempt().path("actor").asString()).isEqualTo("member");
    }

    @Test
    void leavesNothingThatMayNotBeKept() {
        Map<String, Object> secret = new LinkedHashMap<>(OwnGroup.appointment(OwnGroup.OTHER));
        secret.put("classification", "SECRET");
        member.command("AppointGroupMember", secret).assertProblem(403, "FORBIDDEN_BY_SCOPE");
        JsonNode attempt = onlyAttempt();
        assertThat(attempt.path("rejections"))
                .extracting(rejection -> rejection.path("code").asString())
                .containsExactly("FORBIDDEN_BY_SCOPE", "CLASSIFIED_CONTENT_NOT_ALLOWED");
        assertThat(attempt.path("body").isEmpty()).isTrue();
        assertThat(attempt.path("bodyHash").asString("")).isEmpty();
    }
}
