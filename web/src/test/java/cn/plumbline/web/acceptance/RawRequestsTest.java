package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/** What no well-behaved client sends, written to the socket byte by byte. */
@ExtendWith(SharedHouse.class)
class RawRequestsTest {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})[^\\r\\n]*\\r\\n");

    private final House house;
    private final String authorization =
            "Authorization: Basic " + HttpHeaders.encodeBasicAuth("admin", "admin", StandardCharsets.UTF_8) + "\r\n";

    RawRequestsTest(House house) {
        this.house = house;
    }

    private String send(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String get(String target, String headers) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization + headers
                + "\r\n");
    }

    private static int status(String answer) {
        Matcher matcher = STATUS.matcher(answer);
        assertThat(matcher.lookingAt()).as(answer).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static void assertProblem(String answer, int status, String code) {
        assertThat(status(answer)).as(answer).isEqualTo(status);
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("content-type: application/problem+json");
        String body = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
        Answer.assertIsProblem(EventJson.mapper().readTree(body), status, code);
    }

    @Test
    void aUriWithoutEndIsTooLong() {
        assertProblem(get("/api/events?type=" + "x".repeat(200_000), ""), 414, "URI_TOO_LONG");
    }

    @Test
    void headersWithoutEndAreTooLarge() {
        assertProblem(get("/api/events", "X-More: " + "x".repeat(200_000) + "\r\n"), 431, "HEADERS_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/%2e%2e/secrets",
        "/api//events",
        "/api/events;x=1",
        "/api/events%00",
        "/api/%2Fevents",
        "/api/events%5c",
        "/api/events/%zz",
        "/api/events?after=%zz",
    })
    void aStrangePathIsTheClientsFault(String target) {
        String answer = get(target, "");
        assertThat(status(answer)).as(answer).isBetween(400, 499);
        assertThat(answer).contains("application/problem+json").doesNotContain("Exception");
    }

    @Test
    void aRequestLineThatIsNoneIsMalformed() {
        assertProblem(send("NONSENSE\r\n\r\n"), 400, "MALFORMED_REQUEST");
    }

    @Test
    void anUnknownMethodIsRefused() {
        String answer =
                send("BREW /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization + "\r\n");
        assertThat(status(answer)).as(answer).isBetween(400, 499);
        assertThat(answer).contains("application/problem+json");
    }

    @Test
    void aBodyThatStopsHalfWayIsNotRecorded() {
        long head = house.head();
        var unused = send("POST /api/commands/RegisterUnit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + authorization + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"unitId\":\"half\"");
        assertThat(house.head()).isEqualTo(head);
    }

    @Test
    void nothingThatIsSentMakesAServerError() {
        long seed = Long.getLong("plumbline.seed", System.nanoTime());
        Random random = new Random(seed);
        long head = house.head();
        String[] paths = {
            "/api/events", "/api/events/", "/api/events/stream", "/api/views/", "/api/views/coverage-map",
            "/api/views/coverage-map/stream", "/api/records/", "/api/commands/", "/api/event-types/", "/problems/"
        };
        String[] names = {"after", "limit", "type", "tag", "asOf", "knownAt", "waitFor", "organ", "format", "timeout"};
        for (int i = 0; i < 150; i++) {
            String path = paths[random.nextInt(paths.length)];
            String target = (path.endsWith("/") ? path + junk(random) : path) + "?"
                    + names[random.nextInt(names.length)] + "=" + junk(random);
            String answer = get(
                    target, "Accept: application/json, text/event-stream;q=0.1, */*;q=0.01\r\nLast-Event-ID: x\r\n");
            // A path that is not UTF-8 ends the connection before any of our code sees the request.
            assertThat(answer.isEmpty() ? 0 : status(answer))
                    .as("seed %d: %s\n%s", seed, target, answer)
                    .isLessThan(500);
        }
        assertThat(house.head()).isEqualTo(head);
    }

    /** Characters that a request line may have, with a bias to those that mean something. */
    private static String junk(Random random) {
        String alphabet = "0123456789%&=+:;/?.-_~!'\"<>{}[]|\\^`abcxyzTZ%E6%9D%A1%00";
        StringBuilder junk = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            junk.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return junk.toString();
    }
}
