package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.acceptance.Cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;

/**
 * Three nodes on one database, each a real process: commands at all of them, at the same records and at others, while
 * one is killed, one is stopped for longer than its claims last and goes on, and the database is killed and started again. More rounds of it, and how long it takes
 * until one node sees what another has recorded: {@code -Dplumbline.nodes.rounds=10}; the same again: {@code
 * -Dplumbline.seed=…}.
 */
class SeveralNodesTest {

    private static final int ROUNDS = Integer.getInteger("plumbline.nodes.rounds", 1);
    private static final int UNITS = 30;
    private static final int WORKERS = 6;
    private static final int WAKE_UPS = 300;
    private static final int TRIES = 300;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A node that is stopped does not answer; then another one is asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** As many as there are callers: each waits for its answer, some for those of others. */
    private static final Scheduler THREADS =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

    private static final String CATALOGUE = "名录";
    private static final String SINCE = "2015-01-01";

    private final long seed = Long.getLong("plumbline.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Position and id of every event of a command that was answered. */
    private final Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();

    private final AtomicInteger units = new AtomicInteger();

    @TempDir
    private Path directory;

    private Cluster cluster;
    /** The cookie of somebody at a browser. */
    private String session = "";

    @Test
    void areOneSystem() throws IOException {
        try (Cluster opened = new Cluster(directory, List.of("one", "two", "three"))) {
            cluster = opened;
            session = signIn(cluster.nodes().getFirst());
            found();
            record(UNITS);
            everybodySeesTheSame();

            Node killed = cluster.feeder();
            whileRecording(killed::kill);
            cluster.awaitFeeder();

            for (int round = 0; round < ROUNDS; round++) {
                Node stopped = cluster.feeder();
                whileRecording(stopped::pause);
                cluster.awaitFeeder();
                whileRecording(stopped::resume);
                whileRecording(cluster::restartDatabase);
            }
            if (ROUNDS > 1) {
                printWakeUps();
            }
            isProvable();
        }
    }

    private static String signIn(Node node) {
        Caller browser = Caller.anonymous(node.port());
        String token = cookie(browser.get("/login"), "XSRF-TOKEN");
        Answer signedIn = browser.post(
                "/login", MediaType.APPLICATION_FORM_URLENCODED, "username=auditor&password=auditor", headers -> {
                    headers.set("Cookie", "XSRF-TOKEN=" + token);
                    headers.set("X-XSRF-TOKEN", token);
                });
        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(302);
        return cookie(signedIn, "SESSION");
    }

    private static String cookie(Answer answer, String name) {
        return answer.headers().getOrEmpty("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private void found() {
        send(Call.of("RegisterOrgan", Bodies.organ(Bodies.ORGAN)));
        send(Call.of("RegisterUnit", Bodies.unit("首")));
        send(Call.of(
                "SetCoverageBase",
                Bodies.with(
                        "catalogueId",
                        CATALOGUE,
                        "organId",
                        Bodies.ORGAN,
                        "unitIds",
                        List.of("首"),
                        "effectiveFrom",
                        SINCE,
                        "basis",
                        Bodies.BASIS)));
    }

    /** Something happens in the middle of the recording; afterwards everything is as it should be. */
    private void whileRecording(Runnable event) {
        int before = acknowledged.size();
        Mono<Void> recording = Mono.<Void>fromRunnable(() -> record(UNITS))
                .subscribeOn(THREADS)
                .cache();
        Mono<Void> happening = Mono.<Void>fromRunnable(() -> {
                    Awaitility.await("recording is under way")
                            .atMost(Cluster.LIMIT)
                            .until(() -> acknowledged.size() > before + UNITS / 2);
                    event.run();
                })
                .subscribeOn(THREADS);
        Mono.when(recording, happening).block(Cluster.LIMIT);
        everybodySeesTheSame();
    }

    /** So many more units, several at a time. */
    private void record(int count) {
        int first = units.getAndAdd(count);
        Flux.range(first, count)
                .flatMap(i -> Mono.fromRunnable(() -> record("单位-" + i)).subscribeOn(THREADS), WORKERS)
                .then()
                .block(Cluster.LIMIT);
    }

    /** A unit is registered by one command that comes twice, put into the base, and claimed by two groups at once. */
    private void record(String unit) {
        Call registration = Call.of("RegisterUnit", Bodies.unit(unit));
        List<Answer> twice = together(registration, registration);
        assertThat(twice).as(situation()).allMatch(answer -> answer.status() == 200);
        assertThat(twice.getFirst().json().path("events"))
                .as(situation())
                .isEqualTo(twice.getLast().json().path("events"));

        Answer listed = send(Call.of(
                "AddUnitToBase",
                Bodies.with("catalogueId", CATALOGUE, "unitId", unit, "effectiveFrom", SINCE, "basis", Bodies.BASIS)));
        assertThat(listed.status()).as(situation() + listed.text()).isEqualTo(200);

        List<Answer> claims = together(claim("甲" + unit, unit), claim("乙" + unit, unit));
        assertThat(claims).as(situation() + claims).extracting(Answer::status).containsOnlyOnce(200, 422);
        claims.stream()
                .filter(answer -> answer.status() == 422)
                .forEach(answer -> answer.problem(422, "UNIT_ALREADY_COVERED"));
    }

    private static Call claim(String group, String unit) {
        return Call.of("EstablishDispatchGroup", Bodies.group(group, "STANDALONE", List.of(unit)));
    }

    private String situation() {
        return "seed " + seed + " ";
    }

    /** A command with its key. */
    private record Call(String command, Map<String, Object> body, String key) {

        static Call of(String command, Map<String, Object> body) {
            return new Call(command, body, UUID.randomUUID().toString());
        }
    }

    /** Sends two at once, each to a node of its own. */
    private List<Answer> together(Call one, Call other) {
        return Flux.just(one, other)
                .flatMapSequential(call -> Mono.fromCallable(() -> send(call)).subscribeOn(THREADS), 2)
                .collectList()
                .block(Cluster.LIMIT);
    }

    /** Sends to some node, and with the same key to others until one has answered for good. */
    private Answer send(Call call) {
        return Mono.fromCallable(() -> ask(call))
                .subscribeOn(THREADS)
                .retryWhen(Retry.fixedDelay(TRIES, PAUSE).onRetryExhaustedThrow((spec, last) -> last.failure()))
                .block();
    }

    /** Fails where nobody answered for good: killed or stopped meanwhile, whether it was done is not known. */
    private Answer ask(Call call) {
        Answer answer = anyone().as("clerk")
                .within(PATIENCE)
                .command(call.command(), call.body(), headers -> headers.set("Idempotency-Key", call.key()));
        if (answer.status() >= 500 || answer.status() == 409) {
            throw new IllegalStateException(answer.text());
        }
        keep(answer);
        return answer;
    }

    private Node anyone() {
        List<Node> running = cluster.nodes();
        synchronized (random) {
            return running.get(random.nextInt(running.size()));
        }
    }

    private void keep(Answer answer) {
        answer.json()
                .path("events")
                .forEach(event -> acknowledged.put(
                        event.path("position").asLong(), event.path("id").asString()));
    }

    /** Every running node has exactly what was acknowledged, and all of them show the same. */
    private void everybodySeesTheSame() {
        List<String> recorded = acknowledged.entrySet().stream()
                .map(event -> event.getKey() + " " + event.getValue())
                .toList();
        long head = recorded.size();
        Set<String> views = new TreeSet<>();
        for (Node node : cluster.nodes()) {
            Awaitility.await(node + " hears everything, " + situation())
                    .atMost(Cluster.LIMIT)
                    .until(() -> node.heard().size() >= head);
            assertThat(node.feed()).as("%s, %s", node, situation()).isEqualTo(recorded);
            assertThat(node.heard()).as("%s, %s", node, situation()).isEqualTo(recorded);
            views.add(String.join("\n", node.views(head)));
            Answer page = Caller.anonymous(node.port())
                    .get(headers -> headers.set("Cookie", "SESSION=" + session), "/groups");
            assertThat(page.status()).as("%s knows who is signed in", node).isEqualTo(200);
            assertThat(page.headers().getOrEmpty("Set-Cookie"))
                    .as("%s leaves the session as it is", node)
                    .noneMatch(cookie -> cookie.startsWith("SESSION="));
        }
        assertThat(views).as(situation()).hasSize(1);
        JsonNode map = map(cluster.nodes().getFirst(), "&waitFor=" + head);
        assertThat(map.path("covered").asInt()).as(situation()).isEqualTo(units.get());
        assertThat(map.path("total").asInt()).as(situation()).isEqualTo(units.get() + 1);
    }

    private static JsonNode map(Node node, String more) {
        return node.as("auditor")
                .get("/api/views/coverage-map?organ={organ}&asOf=2016-06-01" + more, Bodies.ORGAN)
                .ok()
                .json();
    }

    /** What is live is what a replay gives; both nodes' checkpoints are of one history, which an auditor verifies. */
    private void isProvable() throws IOException {
        long head = acknowledged.size();
        JsonNode live = map(cluster.nodes().getFirst(), "&waitFor=" + head);
        record(1);
        everybodySeesTheSame();
        for (Node node : cluster.nodes()) {
            JsonNode replayed = map(node, "&knownAt=" + head);
            assertThat(replayed.path("units")).as(situation()).isEqualTo(live.path("units"));
        }

        Node one = cluster.nodes().getFirst();
        Node other = cluster.nodes().getLast();
        Path earlier = Files.writeString(directory.resolve("earlier.checkpoint"), checkpoint(one));
        record(1);
        assertThat(checkpoint(other)).as(situation()).isEqualTo(checkpoint(one));
        Path export = directory.resolve("export.ndjson");
        assertThat(cluster.tool(
                        "export", "export", "--server=" + other.address(), "--user=auditor:auditor", "--to=" + export))
                .isZero();
        assertThat(cluster.tool("verify", "verify", export.toString(), "--checkpoint=" + earlier))
                .isZero();
    }

    private static String checkpoint(Node node) {
        node.as("auditor").send(HttpMethod.POST, "/api/checkpoints").ok();
        return node.as("auditor").get("/checkpoint").ok().text();
    }

    private void printWakeUps() {
        List<Node> nodes = cluster.nodes();
        List<Long> heard = new ArrayList<>();
        List<Long> seen = new ArrayList<>();
        Flux.range(0, WAKE_UPS)
                .concatMap(i -> Mono.delay(Duration.ofMillis(random.nextInt(150)))
                        .publishOn(THREADS)
                        .doOnNext(pause -> wakeUp(nodes.get(i % 2), nodes.get((i + 1) % 2), heard, seen)))
                .then()
                .block(Duration.ofMinutes(5));
        print("event of another node on the stream", heard);
        print("event of another node in the view", seen);
    }

    private void wakeUp(Node here, Node there, List<Long> heard, List<Long> seen) {
        String unit = "单位-醒-" + UUID.randomUUID();
        Answer answer =
                here.as("clerk").command("RegisterUnit", Bodies.unit(unit)).ok();
        long answered = System.nanoTime();
        keep(answer);
        JsonNode event = answer.json().path("events").get(0);
        // Of nobody's organ, so that the answer itself takes no time.
        there.as("auditor")
                .get(
                        "/api/views/coverage-by-kind?organ=none&waitFor={position}",
                        event.path("position").asLong())
                .ok();
        seen.add(System.nanoTime() - answered);
        heard.add(Math.max(0, there.heardAt(event.path("id").asString()) - answered));
    }

    private static void print(String what, List<Long> nanos) {
        long[] millis = nanos.stream()
                .flatMapToLong(each -> LongStream.of(each / 1_000_000))
                .sorted()
                .toArray();
        System.out.printf(
                "%s, ms: p50 %d, p99 %d, max %d%n",
                what, millis[millis.length / 2], millis[millis.length * 99 / 100], millis[millis.length - 1]);
    }
}
