package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** Many commands in one request, a line each. */
@ExtendWith(SharedHouse.class)
class CommandLinesTest {

    private static final int LINE_BYTES_MAX = 1 << 20;

    private final House house;
    private final Caller clerk;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    CommandLinesTest(House house) {
        this.house = house;
        this.clerk = house.as("clerk");
    }

    private static String line(String command, Map<String, Object> data) {
        return EventJson.write(Bodies.with("command", command, "data", data));
    }

    private String unit(int number) {
        return line("RegisterUnit", Bodies.unit("行-" + mark + "-" + number));
    }

    private String units(int count) {
        return String.join("\n", IntStream.range(0, count).mapToObj(this::unit).toList());
    }

    private static List<Integer> numbers(List<JsonNode> answers) {
        return answers.stream().map(answer -> answer.path("line").asInt()).toList();
    }

    @Nested
    class Answers {

        @Test
        void comeInTheOrderOfTheLines() {
            List<JsonNode> answers = clerk.lines(units(300)).ok().lines();
            assertThat(numbers(answers))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 300).boxed().toList());
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.path("events")).hasSize(1));
        }

        @Test
        void areNdjson() {
            Answer answer = clerk.lines(unit(0) + "\n").ok();
            assertThat(answer.headers().getContentType())
                    .isNotNull()
                    .satisfies(type -> assertThat(type.isCompatibleWith(MediaType.APPLICATION_NDJSON))
                            .isTrue());
            assertThat(answer.text()).endsWith("\n");
        }

        @Test
        void countBlankLinesWithoutAnsweringThem() {
            assertThat(numbers(clerk.lines("\n" + unit(0) + "\r\n  \n" + unit(1))
                            .ok()
                            .lines()))
                    .containsExactly(2, 4);
        }

        @Test
        void areAsIfTheLinesWereDecidedOneAfterTheOther() {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String group = "行组-" + mark + "-" + i;
                String unit = "行-" + mark + "-" + i;
                lines.add(line("RegisterUnit", Bodies.unit(unit)));
                lines.add(line("EstablishDispatchGroup", Bodies.group(group, "STANDALONE", List.of(unit))));
                // The unit has that group now, so no other may take it.
                lines.add(line("EstablishDispatchGroup", Bodies.group("另一" + group, "STANDALONE", List.of(unit))));
            }
            List<JsonNode> answers = clerk.lines(String.join("\n", lines)).ok().lines();
            for (int i = 0; i < 60; i++) {
                JsonNode answer = answers.get(i);
                if (i % 3 == 2) {
                    Answer.assertIsProblem(answer, 422, "UNIT_ALREADY_COVERED");
                } else {
                    assertThat(answer.path("events")).as(answer.toString()).isNotEmpty();
                }
            }
        }

        @Test
        void areNoneForNoLines() {
            long head = house.head();
            assertThat(clerk.lines("\n").ok().lines()).isEmpty();
            assertThat(house.head()).isEqualTo(head);
        }
    }

    @Nested
    class ABadLine {

        private List<JsonNode> between(String bad, int status, String code) {
            long head = house.head();
            List<JsonNode> answers =
                    clerk.lines(String.join("\n", unit(0), bad, unit(1))).ok().lines();
            assertThat(numbers(answers)).containsExactly(1, 2, 3);
            Answer.assertIsProblem(answers.get(1), status, code);
            assertThat(answers.get(2).path("events")).hasSize(1);
            assertThat(house.head()).isEqualTo(head + 2);
            return answers;
        }

        @Test
        void whichIsNotJsonDoesNotEndTheStream() {
            var unused = between("{\"command\":", 400, "MALFORMED_JSON");
        }

        @Test
        void whichIsNoObjectDoesNotEndTheStream() {
            var unused = between("[1,2]", 400, "MALFORMED_JSON");
        }

        @Test
        void withADuplicateFieldDoesNotEndTheStream() {
            var unused = between("{\"command\":\"RegisterUnit\",\"command\":\"X\",\"data\":{}}", 400, "MALFORMED_JSON");
        }

        @Test
        void ofNoCommandDoesNotEndTheStream() {
            var unused = between("{\"data\":{}}", 400, "INVALID");
        }

        @Test
        void ofAnUnknownCommandDoesNotEndTheStream() {
            var unused = between("{\"command\":\"NoSuch\",\"data\":{}}", 404, "UNKNOWN_COMMAND");
        }

        @Test
        void withAnUnknownFieldDoesNotEndTheStream() {
            var unused = between("{\"command\":\"RegisterUnit\",\"data\":{},\"more\":1}", 400, "INVALID");
        }

        @Test
        void withoutADataObjectDoesNotEndTheStream() {
            var unused = between("{\"command\":\"RegisterUnit\",\"data\":[]}", 400, "INVALID");
        }

        @Test
        void withAnIdThatIsNoneDoesNotEndTheStream() {
            var unused = between("{\"command\":\"RegisterUnit\",\"id\":\"1\",\"data\":{}}", 400, "INVALID");
        }

        @Test
        void tellsEachFieldThatIsWrong() {
            JsonNode problem = between(
                            line("RegisterUnit", Bodies.with("unitId", "a b", "level", "MOON", "colour", "red")),
                            400,
                            "INVALID")
                    .get(1);
            assertThat(problem.path("errors"))
                    .extracting(error -> error.path("pointer").asString())
                    .contains("/unitId", "/level", "/colour", "/name", "/category");
        }

        @Test
        void ofMoreThanAMebibyteIsSkipped() {
            var unused = between("{\"command\":\"" + "x".repeat(LINE_BYTES_MAX) + "\"}", 413, "LINE_TOO_LARGE");
        }

        @Test
        void refusedByARuleDoesNotEndTheStream() {
            var unused = between(
                    line("AddUnitToGroup", Bodies.addToGroup("没有-" + mark, "行-" + mark + "-0")),
                    422,
                    "GROUP_NOT_FOUND");
        }
    }

    @Test
    void bytesThatAreNotUtf8AreTheirLinesProblem() {
        long head = house.head();
        byte[] good = ("\n" + unit(0)).getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[good.length + 2];
        body[0] = (byte) 0xC3;
        body[1] = (byte) 0x28;
        System.arraycopy(good, 0, body, 2, good.length);
        byte[] answer = java.util.Objects.requireNonNull(clerk.client()
                .post()
                .uri("/api/commands")
                .contentType(MediaType.APPLICATION_NDJSON)
                .bodyValue(body)
                .exchange()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody());
        List<JsonNode> lines = Answer.of(200, new org.springframework.http.HttpHeaders(), answer)
                .lines();
        Answer.assertIsProblem(lines.get(0), 400, "MALFORMED_JSON");
        assertThat(lines.get(1).path("events")).hasSize(1);
        assertThat(house.head()).isEqualTo(head + 1);
    }

    @Nested
    class AReRun {

        @Test
        void changesNothing() {
            List<JsonNode> first = clerk.lines(units(40)).ok().lines();
            long head = house.head();
            List<JsonNode> second = clerk.lines(units(40)).ok().lines();
            assertThat(house.head()).isEqualTo(head);
            assertThat(second)
                    .extracting(answer -> answer.path("commandId").asString())
                    .containsExactlyElementsOf(first.stream()
                            .map(answer -> answer.path("commandId").asString())
                            .toList());
            assertThat(second)
                    .extracting(answer -> answer.path("position").asLong())
                    .containsExactlyElementsOf(first.stream()
                            .map(answer -> answer.path("position").asLong())
                            .toList());
        }

        @Test
        void hasKeysThatFollowFromWhatTheLinesSay() {
            JsonNode answer = clerk.lines(unit(0)).ok().lines().getFirst();
            assertThat(UUID.fromString(answer.path("commandId").asString()).version())
                    .isEqualTo(8);
            Map<String, Object> data = Bodies.unit("行-" + mark + "-0");
            Object name = data.remove("name");
            data.put("name", name);
            assertThat(clerk.lines(line("RegisterUnit", data))
                            .ok()
                            .lines()
                            .getFirst()
                            .path("commandId"))
                    .isEqualTo(answer.path("commandId"));
        }

        @Test
        void ofTheWholeSampleChangesNothing() {
            long head = house.head();
            long attempts = house.attempts();
            // Another actor than the sample's: the keys are the same, so that every line is told to be reused.
            List<JsonNode> answers = clerk.lines(Sample.text()).ok().lines();
            assertThat(answers)
                    .hasSize(Sample.lines().size())
                    .allSatisfy(answer -> Answer.assertIsProblem(answer, 422, "IDEMPOTENCY_KEY_REUSED"));
            assertThat(house.head()).isEqualTo(head);
            assertThat(house.attempts()).isEqualTo(attempts);
        }
    }

    @Test
    void keysOfLinesMayBeTheClientsOwn() {
        String id = UUID.randomUUID().toString();
        String line = EventJson.write(
                Bodies.with("command", "RegisterUnit", "id", id, "data", Bodies.unit("行-" + mark + "-键")));
        assertThat(clerk.lines(line).ok().lines().getFirst().path("commandId").asString())
                .isEqualTo(id);
    }
}
