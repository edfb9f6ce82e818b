package cn.plumbline.web.acceptance;

import cn.plumbline.events.EventJson;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Somebody who calls the API, with an account or without one. */
final class Caller {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BODY_BYTES_MAX = 16 << 20;

    private final WebTestClient client;

    private Caller(WebTestClient client) {
        this.client = client;
    }

    static Caller anonymous(int port) {
        return new Caller(builder(port).build());
    }

    static Caller named(int port, String user, String password) {
        return new Caller(builder(port)
                .defaultHeaders(headers -> headers.setBasicAuth(user, password))
                .build());
    }

    /** The same who waits no longer than this for an answer. */
    Caller within(Duration limit) {
        return new Caller(client.mutate().responseTimeout(limit).build());
    }

    private static WebTestClient.Builder builder(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(LIMIT)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(BODY_BYTES_MAX));
    }

    WebTestClient client() {
        return client;
    }

    /** GET; the template's variables are encoded. */
    Answer get(String template, Object... variables) {
        return call(client.get().uri(template, variables));
    }

    /** GET with headers of one's own. */
    Answer get(Consumer<HttpHeaders> headers, String template, Object... variables) {
        return call(client.get().uri(template, variables).headers(headers));
    }

    /** Any method, without a body. */
    Answer send(HttpMethod method, String template, Object... variables) {
        return call(client.method(method).uri(template, variables));
    }

    /** POST of a text as it is. */
    Answer post(String path, MediaType type, String body, Consumer<HttpHeaders> headers) {
        return call(client.post().uri(path).contentType(type).headers(headers).bodyValue(body));
    }

    /** Sends a command. */
    Answer command(String name, Map<String, ?> body) {
        return command(name, body, headers -> {});
    }

    /** Sends a command with headers such as {@code Idempotency-Key}. */
    Answer command(String name, Map<String, ?> body, Consumer<HttpHeaders> headers) {
        return post("/api/commands/" + name, MediaType.APPLICATION_JSON, EventJson.write(body), headers);
    }

    /** Sends lines of commands. */
    Answer lines(String ndjson) {
        return post("/api/commands", MediaType.APPLICATION_NDJSON, ndjson, headers -> {});
    }

    /** Asks a view for the state of all that is recorded. */
    JsonNode view(String view, long position, Map<String, String> parameters) {
        StringBuilder template = new StringBuilder("/api/views/" + view + "?waitFor=" + position + "&waitTimeout=30");
        parameters
                .keySet()
                .forEach(name -> template.append('&')
                        .append(name)
                        .append("={")
                        .append(name)
                        .append('}'));
        return call(client.get().uri(template.toString(), parameters)).ok().json();
    }

    private static Answer call(WebTestClient.RequestHeadersSpec<?> request) {
        EntityExchangeResult<byte[]> result =
                request.exchange().expectBody(byte[].class).returnResult();
        byte[] body = Objects.requireNonNullElse(result.getResponseBody(), new byte[0]);
        return Answer.of(result.getStatus().value(), result.getResponseHeaders(), body);
    }
}
