package cn.plumbline.web;

import cn.plumbline.events.EventJson;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Somebody who reads over HTTP, mostly with a demo account. */
public final class Visitor {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int BODY_BYTES_MAX = 16 << 20;

    private final WebTestClient client;
    private final WebClient streaming;

    /** Speaks to the server at a port as an account, whose password is its name. */
    public Visitor(int port, String account) {
        this(port, (HttpHeaders headers) -> headers.setBasicAuth(account, account));
    }

    /** Speaks to the server at a port without an account. */
    public static Visitor anonymous(int port) {
        return new Visitor(port, (HttpHeaders headers) -> {});
    }

    private Visitor(int port, Consumer<HttpHeaders> identity) {
        String url = "http://127.0.0.1:" + port;
        client = WebTestClient.bindToServer()
                .baseUrl(url)
                .responseTimeout(LIMIT)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(BODY_BYTES_MAX))
                .defaultHeaders(identity)
                .build();
        streaming = WebClient.builder()
                .baseUrl(url)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(BODY_BYTES_MAX))
                .defaultHeaders(identity)
                .build();
    }

    /** What came back. */
    @SuppressWarnings("ArrayRecordComponent") // answers are never compared
    public record Answer(int status, HttpHeaders headers, byte[] body) {

        /** The body as JSON. */
        public JsonNode json() {
            return EventJson.mapper().readTree(body);
        }
    }

    /** GET of a template, whose variables are encoded. */
    public Answer get(String template, Object... variables) {
        return get(headers -> {}, template, variables);
    }

    /** GET with headers of one's own. */
    public Answer get(Consumer<HttpHeaders> headers, String template, Object... variables) {
        EntityExchangeResult<byte[]> result = client.get()
                .uri(template, variables)
                .headers(headers)
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                Objects.requireNonNullElse(result.getResponseBody(), new byte[0]));
    }

    /** A stream of server-sent events; cancelling it breaks the connection. */
    public Flux<ServerSentEvent<String>> stream(Consumer<HttpHeaders> headers, String template, Object... variables) {
        return streaming
                .get()
                .uri(template, variables)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(headers)
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<>() {});
    }
}
