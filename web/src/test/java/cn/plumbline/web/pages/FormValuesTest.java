package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.events.EventJson;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From the parameters of a form to the body of its command. */
class FormValuesTest {

    private static ObjectNode schema(String command) {
        return CommandCatalogue.find(command).orElseThrow().schema();
    }

    private static MultiValueMap<String, String> parameters(String... namesAndValues) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    private static JsonNode body(String command, String... namesAndValues) {
        ObjectNode schema = schema(command);
        return FormBody.of(schema, FormValues.filled(schema, parameters(namesAndValues)));
    }

    private static JsonNode json(String text) {
        return EventJson.mapper().readTree(text);
    }

    @Nested
    class OfAGroupToEstablish {

        @Test
        void blankFieldsAndRowsAreLeftOut() {
            assertThat(body(
                            "EstablishDispatchGroup",
                            "groupId",
                            " ",
                            "name",
                            " 某组 ",
                            "unitIds[0]",
                            "",
                            "unitIds[2]",
                            "053",
                            "basis[0].docNo",
                            "文件-1",
                            "basis[0].title",
                            "",
                            "basis[1].docNo",
                            ""))
                    .isEqualTo(json("{\"name\":\"某组\",\"unitIds\":[\"053\"],\"basis\":[{\"docNo\":\"文件-1\"}]}"));
        }

        @Test
        void severalIdsInOneRowBecomeSeveral() {
            assertThat(body("EstablishDispatchGroup", "unitIds[0]", "053, 054、055\n056"))
                    .isEqualTo(json("{\"unitIds\":[\"053\",\"054\",\"055\",\"056\"]}"));
        }

        @Test
        void aTickedBoxIsTrueAndAnOptionalOneLeftEmptyIsAbsent() {
            assertThat(body("EstablishDispatchGroup", "supersedeLegacy", "true"))
                    .isEqualTo(json("{\"supersedeLegacy\":true}"));
            assertThat(body("EstablishDispatchGroup")).isEqualTo(json("{}"));
        }
    }

    @Nested
    class OfOtherCommands {

        @Test
        void aBoxThatNeedsAnAnswerIsFalseWhenEmpty() {
            assertThat(body("AppointGroupMember").path("fullTime").asBoolean(true))
                    .isFalse();
        }

        @Test
        void numbersAreNumbersAndWhatIsNoneStaysAText() {
            assertThat(body("AppraiseGroup", "year", "2016").path("year").isNumber())
                    .isTrue();
            assertThat(body("AppraiseGroup", "year", "去年").path("year").isString())
                    .isTrue();
        }
    }

    @Nested
    class WhenRowsChange {

        @Test
        void anAddedRowIsBlankAndTheOthersStay() {
            JsonNode values = FormValues.rearranged(
                    schema("EstablishDispatchGroup"),
                    parameters("unitIds[0]", "053", "unitIds[1]", "", "_add", "unitIds"));
            assertThat(values.path("unitIds")).isEqualTo(json("[\"053\",\"\",\"\"]"));
        }

        @Test
        void aRemovedRowIsGone() {
            JsonNode values = FormValues.rearranged(
                    schema("EstablishDispatchGroup"),
                    parameters("unitIds[0]", "053", "unitIds[1]", "054", "_remove", "unitIds[0]"));
            assertThat(values.path("unitIds")).isEqualTo(json("[\"054\"]"));
        }

        @Test
        void namesThatTheFormDoesNotHaveChangeNothing() {
            JsonNode values = FormValues.rearranged(
                    schema("EstablishDispatchGroup"), parameters("_add", "nothing", "_remove", "unitIds[77]"));
            assertThat(values).isEqualTo(json("{}"));
        }
    }
}
