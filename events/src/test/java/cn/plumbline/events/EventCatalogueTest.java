package cn.plumbline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.events.CorrectionEvent.Change;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class EventCatalogueTest {

    private static final UnitCoverageStarted STARTED = new UnitCoverageStarted(
            new UnitId("002"),
            new OrganId("自治区纪委"),
            CoverageKind.GROUPED,
            new GroupId("G-1"),
            null,
            CoverageRole.RESIDENT,
            LocalDate.parse("2015-11-13"),
            null);

    @Test
    void namesEveryEventByContextAndFact() {
        assertThat(EventCatalogue.type(UnitCoverageStarted.class)).isEqualTo("dispatch.UnitCoverageStarted");
        assertThat(EventCatalogue.find("dispatch.UnitCoverageStarted").version())
                .isEqualTo("1");
        assertThat(EventCatalogue.all()).hasSizeGreaterThan(25);
    }

    @Test
    void tagsFollowFromTheIdsInTheFields() {
        assertThat(EventCatalogue.tags(STARTED))
                .extracting(Tag::toString)
                .containsExactly("group:G-1", "organ:自治区纪委", "unit:002");
        UnitRegistered registered =
                new UnitRegistered(new UnitId("002"), "组织部", null, UnitCategory.PARTY_DEPT, Level.PROVINCE, null);
        assertThat(EventCatalogue.tags(registered)).anyMatch(tag -> tag.key().equals("unitname"));
    }

    @Test
    void payloadsSurviveTheirJson() {
        String json = EventJson.write(STARTED);
        assertThat(json).doesNotContain("null").contains("\"effectiveFrom\":\"2015-11-13\"");
        assertThat(EventCatalogue.read("dispatch.UnitCoverageStarted", json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(STARTED);
    }

    @Test
    void unknownFieldsAreRefused() {
        byte[] json = "{\"unitId\":\"002\",\"surprise\":1}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EventCatalogue.read("dispatch.UnitCoverageStarted", json))
                .hasMessageContaining("surprise");
    }

    @Test
    void correctionsSetAndClearFields() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        List<Change> changes = List.of(
                new Change("effectiveFrom", json.stringNode("2015-11-13"), json.stringNode("2015-11-20")),
                new Change("effectiveTo", null, json.stringNode("2016-01-01")));
        UnitCoverageStarted corrected = (UnitCoverageStarted) Corrections.apply(STARTED, changes);
        assertThat(corrected.effectiveFrom()).isEqualTo("2015-11-20");
        assertThat(corrected.effectiveTo()).isEqualTo("2016-01-01");
        assertThat(((UnitCoverageStarted) Corrections.apply(corrected, List.of(new Change("effectiveTo", null, null))))
                        .effectiveTo())
                .isNull();
    }
}
