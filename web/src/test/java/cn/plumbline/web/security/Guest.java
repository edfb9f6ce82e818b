package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody at the doors: sends what he is told, keeps cookies as a browser does, and follows nothing. */
public final class Guest {

    public static final String JSON = "application/json";
    public static final String LINES = "application/x-ndjson";
    public static final String FORM = "application/x-www-form-urlencoded";
    public static final String PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final int port;
    private final @Nullable String authorization;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private Guest(int port, @Nullable String authorization) {
        this.port = port;
        this.authorization = authorization;
    }

    public static Guest nobody(int port) {
        return new Guest(port, null);
    }

    /** With a demo account's credentials in every request. */
    public static Guest named(int port, String account) {
        return named(port, account, account);
    }

    public static Guest named(int port, String account, String password) {
        byte[] both = (account + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Guest(port, "Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** What came back; of a stream, only that it began. */
    public record Reply(int status, HttpHeaders headers, String body) {

        public JsonNode json() {
            return EventJson.mapper().readTree(body);
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        @CanIgnoreReturnValue
        public JsonNode ok() {
            assertThat(status).as(body).isEqualTo(200);
            return json();
        }

        public void assertProblem(int expected, String code) {
            assertThat(status).as(body).isEqualTo(expected);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(json().path("code").asString()).isEqualTo(code);
        }
    }

    public Reply get(String path) {
        return get(path, "*/*");
    }

    public Reply get(String path, String accept, String... headers) {
        HttpRequest.Builder request = request(path).header("Accept", accept).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Opens a page. */
    @CanIgnoreReturnValue
    public Reply open(String path) {
        return get(path, PAGE);
    }

    public Reply post(String path, String type, String body, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Sends a command. */
    public Reply command(String name, Map<String, ?> body, String... headers) {
        return post("/api/commands/" + name, JSON, EventJson.write(body), headers);
    }

    /** Fills in a form, with the token that a page gave if there is one. */
    public Reply submit(String path, @Nullable String token, Map<String, String> fields, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (token != null) {
            all.put("_csrf", token);
        }
        String body = all.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(path, FORM, body, headers);
    }

    /** Signs in by the login page. */
    public Reply signIn(String account, String password) {
        String token = token(open("/login"));
        return submit("/login", token, Map.of("username", account, "password", password));
    }

    /** The token that a page's forms carry. */
    public static String token(Reply page) {
        Matcher token = TOKEN.matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        return token.group(1);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
        if (authorization != null) {
            var unused = request.header("Authorization", authorization);
        }
        if (!cookies.isEmpty()) {
            var unused = request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            try (InputStream body = response.body()) {
                boolean stream =
                        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
                String text = stream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Reply(response.statusCode(), response.headers(), text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), Objects.requireNonNull(cookie.getValue()));
            }
        }
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
