package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A group's page in words. */
class GroupModelTest {

    private static GroupModel.Group group(String status, String asOf) {
        JsonNode answer = EventJson.mapper().readTree("""
                {"id": "派驻-001", "name": "甲组", "kind": "STANDALONE", "organId": "O", "status": "%s",
                 "from": "2015-11-13", "units": [], "deputies": [], "fullTime": 0, "partTime": 0, "vacancy": false,
                 "rotations": [
                   {"quarter": "2019Q2", "deputyId": "人员-102", "hostOffice": "三楼", "status": "ASSIGNED"}],
                 "appraisals": [{"year": 2016, "grade": "优秀"}]}
                """.formatted(status));
        Texts texts = new Texts(new PagesConfiguration().messageSource(), Language.ZH);
        return GroupModel.group(answer, asOf, Names.NONE, texts);
    }

    @Test
    void beforeItsFoundingThereIsOnlyTheDayOfIt() {
        GroupModel.Group group = group("PLANNED", "2014-12-31");
        assertThat(group.notBefore()).isEqualTo("2015-11-13");
        assertThat(group.facts()).isEmpty();
        assertThat(group.people()).isEmpty();
        assertThat(group.units()).isEmpty();
        assertThat(group.blocks()).isEmpty();
    }

    @Test
    void fromThenOnThereIsEverything() {
        GroupModel.Group group = group("ACTIVE", "2015-11-13");
        assertThat(group.notBefore()).isNull();
        assertThat(group.facts()).isNotEmpty();
        assertThat(group.blocks()).extracting(GroupModel.Block::name).containsExactly("rotation", "appraisals");
    }
}
