package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rejections stand at the field they belong to. */
class RejectionFieldsTest {

    private static final JsonNode GROUP =
            EventJson.mapper().readTree("{\"unitIds\":[\"053\",\"010\"],\"name\":\"某组\",\"groupId\":\"G\"}");

    @Test
    void theRowWithTheUnitOfWhichTheRejectionSpeaks() {
        assertThat(RejectionFields.field("UNIT_ALREADY_COVERED", Map.of("unitId", "010"), GROUP))
                .isEqualTo("unitIds[1]");
    }

    @Test
    void theWholeListWhenTheRejectionNamesNone() {
        assertThat(RejectionFields.field("STANDALONE_ONE_UNIT", Map.of("units", 2), GROUP))
                .isEqualTo("unitIds");
    }

    @Test
    void aFieldThatIsStillEmpty() {
        assertThat(RejectionFields.field("BASIS_REQUIRED", Map.of(), GROUP)).isEqualTo("basis");
    }

    @Test
    void thePointerOfTheRejectionItself() {
        assertThat(RejectionFields.field("PII_IN_EVENT", Map.of("pointer", "/basis/0/title"), GROUP))
                .isEqualTo("basis[0].title");
    }

    @Test
    void noneForARejectionOfTheWhole() {
        assertThat(RejectionFields.field("EVENT_TOO_LARGE", Map.of(), GROUP)).isNull();
    }
}
