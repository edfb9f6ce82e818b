package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.RealApplication;
import cn.plumbline.web.security.Guest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A clerk corrects a record by its form, without a script, against the real application. */
@RealApplication
class CorrectionFormTest {

    private static final String FORM = "/record/CorrectRecord";

    @LocalServerPort
    private int port;

    private Guest clerk2;
    private String unit;
    private long position;

    @BeforeEach
    void hasARecordOfAnotherClerk() {
        unit = "更正-" + UUID.randomUUID();
        position = Guest.named(port, "clerk")
                .command(
                        "RegisterUnit",
                        Map.of("unitId", unit, "name", "写错的" + unit, "category", "OTHER", "level", "PROVINCE"))
                .ok()
                .path("position")
                .asLong();
        clerk2 = Guest.nobody(port);
        assertThat(clerk2.signIn("clerk2", "clerk2").status()).isEqualTo(302);
    }

    private Guest.Reply send(Map<String, String> changes) {
        String token = Guest.token(clerk2.open(FORM + "?position=" + position));
        Map<String, String> form = new LinkedHashMap<>(changes);
        form.put("position", Long.toString(position));
        form.put("reason", "笔误");
        form.put("approval.level", "ORGAN_HEAD");
        form.put("approval.approverId", "人员-001");
        form.put("approval.approvedOn", "2016-01-01");
        return clerk2.submit(FORM, token, form, "Accept", Guest.PAGE);
    }

    private JsonNode history() {
        return Guest.named(port, "auditor")
                .get("/api/records/unit:" + Guest.encoded(unit) + "/history")
                .ok()
                .path("entries");
    }

    @Test
    void theHistoryLeadsToTheFormWithThePositionFilledIn() {
        assertThat(clerk2.open("/records/unit:" + Guest.encoded(unit)).body())
                .contains("href=\"" + FORM + "?position=" + position + "\"");
        String form = clerk2.open(FORM + "?position=" + position).body();
        assertThat(form)
                .contains(
                        "name=\"position\" value=\"" + position + "\"",
                        "位置 " + position + "：登记单位",
                        "现为：写错的" + unit,
                        "现为：省级",
                        "name=\"changes.name\"",
                        "<select id=\"f-changes-level\"")
                .doesNotContain("changes.unitId", "changes.parentUnitId", "name=\"targetEventId\"");
    }

    @Test
    void whatIsFilledInIsCorrectedAndTheRestStays() {
        Guest.Reply reply = send(Map.of("changes.name", "写对的" + unit, "changes.category", ""));
        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        assertThat(history().path(0).path("became").path(0).path("changes"))
                .extracting(change -> change.path("field").asString() + " "
                        + change.path("after").asString())
                .containsExactly("name 写对的" + unit);
        assertThat(clerk2.open(FORM + "?position=" + position).body()).contains("现为：写对的" + unit);
    }

    @Test
    void aValueThatTheFieldCannotHaveIsToldAtTheField() {
        Guest.Reply reply = send(Map.of("changes.category", "NOTHING"));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body())
                .containsPattern("id=\"f-changes-category-error\">[^<]*新值不符合该字段的要求")
                .doesNotContain("不可更正");
        assertThat(history()).hasSize(1);
    }

    @Test
    void whereNothingIsFilledInThereIsNothingToRecord() {
        Guest.Reply reply = send(Map.of("changes.name", ""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("id=\"f-changes-error\"");
    }

    @Test
    void withoutAPositionItIsAskedForFirst() {
        String asked = clerk2.open(FORM).body();
        assertThat(asked)
                .contains("<form class=\"card form\" method=\"get\" action=\"" + FORM + "\"", "name=\"position\"")
                .doesNotContain("role=\"alert\" id=\"summary\"", "changes.");
    }

    @Test
    void aPositionWithoutARecordIsToldSo() {
        assertThat(clerk2.open(FORM + "?position=999999999").body()).contains("位置 999999999 没有可以更正或作废的记录");
        assertThat(clerk2.open(FORM + "?position=x").body()).contains("位置 x 没有");
        assertThat(send(Map.of("changes.name", "写对的" + unit)).status()).isEqualTo(303);
        long correction = history().path(1).path("position").asLong();
        assertThat(clerk2.open("/record/VoidRecord?position=" + correction).body())
                .contains("它本身就是更正或作废");
    }

    @Test
    void aVoidIsAboutItsPositionToo() {
        String form = clerk2.open("/record/VoidRecord?position=" + position).body();
        assertThat(form).contains("位置 " + position + "：登记单位").doesNotContain("changes.");
    }
}
