package cn.plumbline.web.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.OrganId;
import cn.plumbline.query.Views;
import cn.plumbline.web.boot.PlumblineApplication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/**
 * Random histories through HTTP and the embedded database on a file: the coverage map says what the painted days say,
 * for any asOf and knownAt, as it was kept live and as it is built anew.
 */
class RandomHistoriesOverHttpTest {

    /** How many histories; more by {@code -Dplumbline.simulation.http=N}. */
    private static final long HISTORIES = Long.getLong("plumbline.simulation.http", 20);

    private static final long SEED = Long.getLong("plumbline.simulation.seed", 1);
    private static final int STEPS = 25;
    private static final int QUESTIONS = 5;
    private static final int OK = 200;
    private static final int REFUSED = 422;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static ConfigurableApplicationContext application;
    private static int port;

    /** A played history: what was recorded between two positions. */
    private record Played(long seed, RandomHistory history, long after, long head, List<IntervalOracle.Fact> facts) {}

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(PlumblineApplication.class)
                .run("--server.port=0", "--plumbline.data-dir=" + directory);
        port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void agreeWithTheOracleLiveAndRebuilt() {
        List<Played> all = new ArrayList<>();
        long head = 0;
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            Played played = play(seed, head);
            head = played.head();
            ask(played, head);
            all.add(played);
        }
        application.getBean(Views.class).rebuild("coverage-map").block(LIMIT);
        for (Played played : all) {
            ask(played, head);
        }
    }

    private static Played play(long seed, long after) {
        RandomHistory history = new RandomHistory(seed, "S" + seed + "-");
        for (RandomHistory.Step step : history.opening()) {
            assertThat(send(step, history)).as("seed %s: %s", seed, step).isEqualTo(OK);
        }
        for (int i = 0; i < STEPS; i++) {
            RandomHistory.Step step = history.next();
            assertThat(send(step, history)).as("seed %s: %s", seed, step).isIn(OK, REFUSED);
        }
        List<IntervalOracle.Fact> facts = facts(after);
        return new Played(seed, history, after, facts.getLast().position(), facts);
    }

    private static void ask(Played played, long head) {
        Random random = new Random(played.seed());
        for (int i = 0; i < QUESTIONS; i++) {
            LocalDate asOf = played.history().day();
            long knownAt = i == 0 ? head : played.after() + random.nextLong(played.head() - played.after() + 1);
            JsonNode map = i == 0
                    ? get("/api/views/coverage-map?organ={o}&asOf={d}&waitFor={p}", played, asOf, head)
                    : get("/api/views/coverage-map?organ={o}&asOf={d}&knownAt={p}", played, asOf, knownAt);
            RandomHistoriesTest.assertSame(
                    map,
                    IntervalOracle.paint(played.facts(), knownAt)
                            .answer(new OrganId(played.history().organ()), asOf),
                    "seed " + played.seed() + " asOf " + asOf + " knownAt " + knownAt);
        }
    }

    private static int send(RandomHistory.Step step, RandomHistory history) {
        var answer = client(step.actor())
                .post()
                .uri("/api/commands/{name}", step.command())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(EventJson.write(step.body()))
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
        int status = answer.getStatus().value();
        if (status == OK) {
            json(answer.getResponseBody())
                    .get("events")
                    .forEach(event -> history.recorded(event.get("id").asString()));
        }
        return status;
    }

    private static List<IntervalOracle.Fact> facts(long after) {
        List<IntervalOracle.Fact> facts = new ArrayList<>();
        JsonNode page = read("/api/events?limit=1000&after={after}", after);
        page.forEach(event -> facts.add(new IntervalOracle.Fact(
                event.get("position").asLong(),
                EventCatalogue.read(
                        event.get("type").asString(),
                        event.get("data").toString().getBytes(StandardCharsets.UTF_8)))));
        return facts;
    }

    private static JsonNode get(String template, Played played, LocalDate asOf, long position) {
        return read(template, played.history().organ(), asOf, position);
    }

    private static JsonNode read(String template, Object... variables) {
        return json(client("auditor")
                .get()
                .uri(template, variables)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody());
    }

    private static JsonNode json(byte[] body) {
        return EventJson.mapper().readTree(body);
    }

    private static WebTestClient client(String user) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(LIMIT)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 << 20))
                .defaultHeaders(headers -> headers.setBasicAuth(user, user))
                .build();
    }
}
