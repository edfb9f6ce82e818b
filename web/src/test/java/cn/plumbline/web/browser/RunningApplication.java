package cn.plumbline.web.browser;

import cn.plumbline.web.boot.PlumblineApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The real application with the sample of the Inner Mongolia reform, on a port of its own and in memory. */
final class RunningApplication implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApplication start() {
        RunningApplication application = new RunningApplication(new SpringApplicationBuilder(PlumblineApplication.class)
                .run("--server.port=0", "--plumbline.mongodb.in-memory=true", "--samples=inner-mongolia-2015"));
        Awaitility.await()
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> application.get("/actuator/health/readiness").statusCode() == 200);
        return application;
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)));
    }

    /** Sends a command through the HTTP door. */
    HttpResponse<String> command(String name, String body) {
        String credentials = Base64.getEncoder().encodeToString("clerk2:clerk2".getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(address() + "/api/commands/" + name))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
