package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.MessageSource;
import tools.jackson.databind.JsonNode;

/** The coverage map in words. */
class CoverageModelTest {

    private static final JsonNode ANSWER = EventJson.mapper().readTree("""
                    {"total": 4, "covered": 3, "rate": 75.00,
                     "byKind": [{"kind": "GROUPED", "groups": 1, "units": 2, "averageUnits": 2.00}],
                     "units": [
                       {"unitId": "1", "name": "甲", "category": "GOV_DEPT", "groupId": "派驻 1", "groupName": "甲组",
                        "kind": "GROUPED", "role": "RESIDENT", "from": "2015-11-13"},
                       {"unitId": "2", "name": "乙", "category": "GOV_DEPT", "kind": "GROUPED", "from": "2015-11-13"},
                       {"unitId": "3", "name": "丙", "category": "PARTY_DEPT", "kind": "LEGACY", "from": "2012-11-01"}],
                     "blindSpots": [{"unitId": "4", "name": "丁", "since": "2012-11-01"}]}
                    """);

    private MessageSource messages;

    @BeforeEach
    void texts() {
        messages = new PagesConfiguration().messageSource();
    }

    private CoverageModel.Map map(Language language) {
        return CoverageModel.of(ANSWER, "", "", new Texts(messages, language));
    }

    @Test
    void theMatrixCountsUnitsByCategoryAndKindInTheOrderOfTheCodeLists() {
        CoverageMatrix matrix = map(Language.ZH).matrix();
        assertThat(matrix.columns()).containsExactly("归口派驻", "原有覆盖", "监督盲区");
        assertThat(matrix.rows()).extracting(CoverageMatrix.Row::label).containsExactly("党的工作部门", "政府部门", "—");
        assertThat(matrix.rows().get(1).cells())
                .containsExactly(
                        new CoverageMatrix.Cell(2, "heat-5"),
                        new CoverageMatrix.Cell(0, ""),
                        new CoverageMatrix.Cell(0, ""));
        assertThat(matrix.rows().getLast().cells().getLast().tone()).startsWith("blind-");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theSumsOfTheMatrixAreTheFiguresInEveryLanguage(Language language) {
        CoverageModel.Map map = map(language);
        assertThat(map.matrix().rows().stream()
                        .mapToInt(CoverageMatrix.Row::total)
                        .sum())
                .isEqualTo(map.total());
        assertThat(map.rate()).isEqualTo("75.00%");
        assertThat(map.units().rows().getFirst().groupLink()).isEqualTo("/groups/%E6%B4%BE%E9%A9%BB%201");
    }

    @Test
    void withoutABaseTheRateIsADash() {
        JsonNode none = EventJson.mapper()
                .readTree("{\"total\":0,\"covered\":0,\"rate\":null,\"units\":[],\"blindSpots\":[],\"byKind\":[]}");
        CoverageModel.Map map = CoverageModel.of(none, "", "", new Texts(messages, Language.EN));
        assertThat(map.rate()).isEqualTo("—");
        assertThat(map.matrix().rows()).isEmpty();
    }
}
