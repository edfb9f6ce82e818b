package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * A real process is killed with SIGKILL in the middle of an import; started again, it has all that was acknowledged,
 * and the import run once more ends with the same numbers and nothing twice. So it is after a clean end, when the index
 * comes from its file. The same again:
 * {@code -Dplumbline.seed=…}.
 */
class KilledImportTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int LINES = Sample.lines().size();

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    @Test
    void anImportOverHttpIsRunAgain() {
        int wanted = 1 + random.nextInt(LINES - 1);
        String situation = "seed " + seed + ", killed after " + wanted + " answers";
        List<JsonNode> acknowledged;
        try (ChildProcess child = serve("first")) {
            acknowledged = importUntil(child, wanted);
            child.kill();
        }
        assertThat(acknowledged).as(situation).hasSize(wanted);
        try (ChildProcess child = serve("second")) {
            int port = ready(child);
            Caller auditor = Caller.named(port, "auditor", "auditor");
            Set<String> recorded = ids(auditor);
            for (JsonNode answer : acknowledged) {
                answer.path("events")
                        .forEach(event -> assertThat(recorded)
                                .as(situation)
                                .contains(event.path("id").asString()));
            }

            List<JsonNode> answers = Caller.named(port, "clerk", "clerk")
                    .lines(Sample.text())
                    .ok()
                    .lines();

            assertThat(answers).as(situation).hasSize(LINES).noneMatch(answer -> answer.has("code"));
            assertThat(answers.subList(0, wanted))
                    .as(situation)
                    .extracting(answer -> answer.path("position").asLong())
                    .containsExactlyElementsOf(acknowledged.stream()
                            .map(answer -> answer.path("position").asLong())
                            .toList());
            assertNumbers(port, situation);
        }
    }

    @Test
    void aSampleIsLoadedAgain() {
        int wanted = 1 + random.nextInt(LINES - 1);
        String situation = "seed " + seed + ", killed at position " + wanted;
        try (ChildProcess child = serve("first", "--samples=" + SharedHouse.SAMPLE)) {
            Caller auditor = Caller.named(child.port(), "auditor", "auditor");
            Awaitility.await(situation)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(10))
                    .ignoreExceptions()
                    .until(() -> auditor.get("/api/events/{position}", wanted).status() == 200);
            child.kill();
        }
        try (ChildProcess child = serve("second", "--samples=" + SharedHouse.SAMPLE)) {
            int port = ready(child);
            assertNumbers(port, situation);
            assertThat(child.stop()).as("a clean end: %s", child.output()).isEqualTo(143);
        }
        assertThat(directory.resolve("data/cache/journal.index")).isNotEmptyFile();
        try (ChildProcess child = serve("third")) {
            assertNumbers(ready(child), situation);
            assertThat(child.output()).contains("Journal journal goes on from its index file");
        }
    }

    private ChildProcess serve(String name, String... options) {
        return ChildProcess.serve(directory.resolve(name + ".log"), directory.resolve("data"), options);
    }

    private static int ready(ChildProcess child) {
        int port = child.port();
        House.awaitReady(port);
        return port;
    }

    private static List<JsonNode> importUntil(ChildProcess child, int answers) {
        return Objects.requireNonNull(Caller.named(ready(child), "clerk", "clerk")
                .client()
                .post()
                .uri("/api/commands")
                .contentType(MediaType.APPLICATION_NDJSON)
                .accept(MediaType.APPLICATION_NDJSON)
                .bodyValue(Sample.text())
                .exchange()
                .returnResult(String.class)
                .getResponseBody()
                .filter(line -> !line.isBlank())
                .<JsonNode>map(EventJson.mapper()::readTree)
                .take(answers)
                .collectList()
                .block(LIMIT));
    }

    private static Set<String> ids(Caller auditor) {
        Set<String> ids = new HashSet<>();
        JsonNode events = auditor.get("/api/events?limit=1000").ok().json();
        for (JsonNode event : events) {
            assertThat(ids.add(event.path("id").asString()))
                    .as("twice: %s", event)
                    .isTrue();
        }
        return ids;
    }

    /** The numbers of the sample, and every id once. */
    private static void assertNumbers(int port, String situation) {
        Caller auditor = Caller.named(port, "auditor", "auditor");
        int head = ids(auditor).size();
        assertThat(count(auditor, "dispatch.UnitCoverageStarted")).as(situation).isEqualTo(128);
        assertThat(count(auditor, "dispatch.UnitCoverageEnded")).as(situation).isEqualTo(44);
        assertThat(count(auditor, "dispatch.DispatchGroupEstablished"))
                .as(situation)
                .isEqualTo(36);
        assertThat(count(auditor, "dispatch.GroupMemberAppointed"))
                .as(situation)
                .isEqualTo(36);
        assertThat(count(auditor, "orgregistry.UnitRegistered")).as(situation).isEqualTo(84);
        InnerMongoliaTest.assertBefore(map(auditor, head, InnerMongoliaTest.BEFORE));
        InnerMongoliaTest.assertComplete(map(auditor, head, InnerMongoliaTest.AFTER));
    }

    private static JsonNode map(Caller auditor, int head, String asOf) {
        return auditor.view("coverage-map", head, Map.of("organ", Bodies.ORGAN, "asOf", asOf));
    }

    private static int count(Caller auditor, String type) {
        return auditor.get("/api/events?limit=1000&type={type}", type)
                .ok()
                .json()
                .size();
    }
}
