package cn.plumbline.web.acceptance;

import static java.util.Objects.requireNonNull;

import cn.plumbline.web.boot.PlumblineApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The real application in this process, at a port of its own, on data of its own. */
final class House implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(1);

    private final Path directory;
    private final ConfigurableApplicationContext context;
    private final int port;
    private final Caller anonymous;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private long eventsSeen;
    private long attemptsSeen;

    private House(Path directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
        this.port = Integer.parseInt(requireNonNull(context.getEnvironment().getProperty("local.server.port")));
        this.anonymous = Caller.anonymous(port);
    }

    /** Opens it, and waits until it is ready. */
    static House open(String... options) {
        Path directory = temporary();
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--server.port=0");
        all.add("--plumbline.data-dir=" + directory);
        House house = new House(
                directory, new SpringApplicationBuilder(PlumblineApplication.class).run(all.toArray(String[]::new)));
        try {
            awaitReady(house.port);
        } catch (ConditionTimeoutException e) {
            Allowances.violations().forEach(e::addSuppressed);
            house.close();
            throw e;
        }
        return house;
    }

    static void awaitReady(int port) {
        Caller caller = Caller.anonymous(port);
        Awaitility.await("readiness at port " + port)
                .atMost(READY_LIMIT)
                .ignoreExceptions()
                .until(() -> caller.get("/actuator/health/readiness").status() == 200);
    }

    /** One of the demo accounts, whose passwords are their names. */
    Caller as(String user) {
        return callers.computeIfAbsent(user, name -> Caller.named(port, name, name));
    }

    Caller anonymous() {
        return anonymous;
    }

    int port() {
        return port;
    }

    /** The position of the last event. */
    long head() {
        eventsSeen = last("/api/events", eventsSeen);
        return eventsSeen;
    }

    /** How many commands were refused by the rules. */
    long attempts() {
        attemptsSeen = last("/api/attempts", attemptsSeen);
        return attemptsSeen;
    }

    private long last(String list, long seen) {
        Caller auditor = as("auditor");
        long last = seen;
        while (true) {
            JsonNode page =
                    auditor.get(list + "?limit=1000&after={after}", last).ok().json();
            if (page.isEmpty()) {
                return last;
            }
            last = page.get(page.size() - 1).path("position").asLong();
        }
    }

    @Override
    public void close() {
        context.close();
        delete(directory);
    }

    static Path temporary() {
        try {
            return Files.createTempDirectory("plumbline-acceptance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try {
            var unused = FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
