package cn.plumbline.web.acceptance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A request that has to be refused, and the problem that it has to get.
 *
 * @param uri encoded
 * @param user whose account is used, null for nobody's
 * @param body null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BadRequest(
        String situation,
        HttpMethod method,
        String uri,
        @Nullable String user,
        byte @Nullable [] body,
        Map<String, String> headers,
        int status,
        String code) {

    static BadRequest get(String situation, String uri, int status, String code) {
        return new BadRequest(situation, HttpMethod.GET, uri, "auditor", null, Map.of(), status, code);
    }

    static BadRequest method(HttpMethod method, String uri) {
        return new BadRequest("wrong method", method, uri, "admin", null, Map.of(), 405, "METHOD_NOT_ALLOWED");
    }

    /** A body for a command of that name. */
    static BadRequest command(String situation, String name, String body, int status, String code) {
        return command(situation, name, body.getBytes(StandardCharsets.UTF_8), status, code);
    }

    static BadRequest command(String situation, String name, byte[] body, int status, String code) {
        return new BadRequest(
                situation,
                HttpMethod.POST,
                "/api/commands/" + name,
                "clerk",
                body,
                Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE),
                status,
                code);
    }

    BadRequest as(@Nullable String other) {
        return new BadRequest(situation, method, uri, other, body, headers, status, code);
    }

    BadRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new BadRequest(situation, method, uri, user, body, more, status, code);
    }

    Answer send(House house) {
        Caller caller = user == null ? house.anonymous() : house.as(user);
        WebTestClient.RequestBodySpec request =
                caller.client().method(method).uri(URI.create("http://127.0.0.1:" + house.port() + uri));
        headers.forEach(request::header);
        EntityExchangeResult<byte[]> result = (body == null ? request : request.bodyValue(body))
                .exchange()
                .expectBody(byte[].class)
                .returnResult();
        byte[] answer = result.getResponseBody();
        return Answer.of(
                result.getStatus().value(), result.getResponseHeaders(), answer == null ? new byte[0] : answer);
    }

    @Override
    public String toString() {
        return "%s %s as %s: %s"
                .formatted(method, uri.length() > 90 ? uri.substring(0, 90) + "…" : uri, user, situation);
    }
}
