package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A database and several nodes on it, each a process of its own. */
final class Cluster implements AutoCloseable {

    static final Duration LIMIT = Duration.ofMinutes(2);
    /** Short, so that a test need not wait long for a take-over. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(2);

    private final Path directory;
    private volatile ChildProcess database;
    private final MongoClient client;
    private final List<Node> nodes = new ArrayList<>();

    Cluster(Path directory, List<String> names) throws IOException {
        this.directory = directory;
        this.database = database(0);
        String secret = Files.readString(secretAfter(database.databasePort())).strip();
        this.client = MongoClients.create("mongodb://plumbline:" + secret + "@127.0.0.1:" + database.databasePort());
        names.forEach(name -> nodes.add(new Node(name)));
        nodes.forEach(Node::awaitReady);
    }

    private ChildProcess database(int port) {
        return ChildProcess.run(
                directory.resolve("database" + port + ".log"),
                "database",
                "--port=" + port,
                "--data-dir=" + directory.resolve("database"));
    }

    /** Kills the database and starts it again where the nodes look for it. */
    void restartDatabase() {
        int port = database.databasePort();
        database.kill();
        database = database(port);
        assertThat(database.databasePort()).isEqualTo(port);
    }

    private Path secretAfter(int port) {
        assertThat(port).isPositive();
        return directory.resolve("database/plumbline.secret");
    }

    /** The nodes that run and are not paused. */
    List<Node> nodes() {
        return nodes.stream().filter(node -> !node.gone).toList();
    }

    /** The node that feeds the coverage map, once one that runs does so. */
    Node feeder() {
        return Awaitility.await("a running node feeds the coverage map")
                .atMost(LIMIT)
                .until(this::claimant, Optional::isPresent)
                .orElseThrow();
    }

    /** Until a node that runs has taken over what another one left. */
    void awaitFeeder() {
        var unused = feeder();
    }

    private Optional<Node> claimant() {
        String owner = Mono.from(client.getDatabase("plumbline")
                        .getCollection("tokens")
                        .find(Filters.regex("processor", "^coverage_map_")))
                .map(token -> Objects.requireNonNullElse(token.getString("owner"), ""))
                .defaultIfEmpty("")
                .block(LIMIT);
        return nodes().stream().filter(node -> node.name.equals(owner)).findFirst();
    }

    /** Runs a verb that ends by itself; its exit code. */
    int tool(String name, String... arguments) {
        try (ChildProcess tool = ChildProcess.run(directory.resolve(name + ".log"), arguments)) {
            return tool.waitFor();
        }
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        client.close();
        database.close();
    }

    /** One node, and one who has listened to it since it was ready. */
    final class Node implements AutoCloseable {

        final String name;
        private final ChildProcess process;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final Map<String, Long> heardAt = new ConcurrentHashMap<>();
        private volatile boolean gone;
        private int port;
        private Disposable listening = () -> {};
        private final Map<String, Caller> callers = new ConcurrentHashMap<>();

        private Node(String name) {
            this.name = name;
            this.process = ChildProcess.serve(
                    directory.resolve(name + ".log"),
                    directory.resolve("keys"),
                    "--plumbline.node=" + name,
                    "--plumbline.views.claim-timeout=" + CLAIM_TIMEOUT.toSeconds() + "s",
                    "--plumbline.mongodb.uri=mongodb://127.0.0.1:" + database.databasePort(),
                    "--plumbline.mongodb.secret-file=" + secretAfter(database.databasePort()));
        }

        private void awaitReady() {
            port = process.port();
            House.awaitReady(port);
            listening = WebClient.builder()
                    .baseUrl("http://127.0.0.1:" + port)
                    .defaultHeaders(headers -> headers.setBasicAuth("integrator", "integrator"))
                    .build()
                    .get()
                    .uri("/api/events/stream?after=0")
                    .retrieve()
                    .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                    .filter(event -> event.data() != null && !"caught-up".equals(event.event()))
                    .map(event -> EventJson.mapper().readTree(event.data()))
                    .subscribe(this::hear, cutOff -> {});
        }

        private void hear(JsonNode event) {
            heardAt.put(event.path("id").asString(), System.nanoTime());
            heard.add(line(event));
        }

        Caller as(String user) {
            return callers.computeIfAbsent(user, account -> Caller.named(port, account, account));
        }

        int port() {
            return port;
        }

        String address() {
            return "http://127.0.0.1:" + port;
        }

        /** What the one who listens has heard: position and id of each event. */
        List<String> heard() {
            return List.copyOf(heard);
        }

        /** All events by the feed: position and id of each. */
        List<String> feed() {
            List<String> events = new ArrayList<>();
            while (true) {
                JsonNode page = as("auditor")
                        .get("/api/events?limit=1000&after={after}", events.size())
                        .ok()
                        .json();
                if (page.isEmpty()) {
                    return events;
                }
                page.forEach(event -> events.add(line(event)));
            }
        }

        /** The answers of all views at a position, which they must have reached. */
        List<String> views(long position) {
            return Stream.of("coverage-map?", "coverage-by-kind?", "group-directory?limit=1000&")
                    .map(view -> as("auditor")
                            .get(
                                    "/api/views/" + view
                                            + "organ={organ}&asOf=2016-06-01&waitTimeout=30&waitFor={position}",
                                    Bodies.ORGAN,
                                    position)
                            .ok()
                            .text())
                    .toList();
        }

        /** When the one who listens has heard an event, by the clock of {@link System#nanoTime}. */
        long heardAt(String id) {
            return Awaitility.await("event " + id + " at " + name)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> heardAt.get(id), Objects::nonNull);
        }

        void kill() {
            gone = true;
            process.kill();
        }

        /** Stops it in the middle of whatever it does; it does not know. */
        void pause() {
            gone = true;
            process.signal("STOP");
        }

        void resume() {
            process.signal("CONT");
            gone = false;
        }

        @Override
        public void close() {
            listening.dispose();
            process.close();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String line(JsonNode event) {
        return event.path("position").asLong() + " " + event.path("id").asString();
    }
}
