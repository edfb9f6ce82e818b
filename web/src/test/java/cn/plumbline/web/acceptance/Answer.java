package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** What came back. */
record Answer(int status, HttpHeaders headers, String text) {

    static Answer of(int status, HttpHeaders headers, byte[] body) {
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** The body as JSON. */
    JsonNode json() {
        return EventJson.mapper().readTree(text);
    }

    /** The lines of an NDJSON body. */
    List<JsonNode> lines() {
        return text.lines().map(EventJson.mapper()::readTree).toList();
    }

    /** A successful answer. */
    @CanIgnoreReturnValue
    Answer ok() {
        assertThat(status).as(text).isEqualTo(200);
        return this;
    }

    /** A problem as the contract has it, in both languages, without anything from inside. */
    @CanIgnoreReturnValue
    Answer problem(int expected, String code) {
        assertThat(status).as(text).isEqualTo(expected);
        assertThat(headers.getContentType())
                .as(text)
                .isNotNull()
                .satisfies(type -> assertThat(type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                        .isTrue());
        assertIsProblem(json(), expected, code);
        return this;
    }

    /** That a JSON object is a problem: an answer's body, or a line of one. */
    static void assertIsProblem(JsonNode problem, int status, String code) {
        assertThat(problem.path("code").asString("")).as(problem.toString()).isEqualTo(code);
        assertThat(problem.path("status").asInt(0)).isEqualTo(status);
        assertThat(problem.path("type").asString("")).endsWith("/problems/" + code);
        assertThat(problem.path("title").asString("")).isNotBlank();
        assertThat(problem.path("detail").asString("")).isNotBlank();
        assertThat(problem.path("message").path("zh").asString("")).isNotBlank();
        assertThat(problem.path("message").path("en").asString("")).isNotBlank();
        assertThat(problem.toString()).doesNotContain("Exception", "cn.plumbline", "springframework", "\tat ");
    }
}
