package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cn.plumbline.events.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** What no well-behaved client sends, written to the socket byte by byte. */
@ExtendWith(SharedHouse.class)
class RawRequestsTest {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*\\r\\n");

    private final House house;
    private final String authorization =
            "Authorization: Basic " + HttpHeaders.encodeBasicAuth("admin", "admin", StandardCharsets.UTF_8) + "\r\n";

    RawRequestsTest(House house) {
        this.house = house;
    }

    private String send(String request) {
        return send(request.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Sends it, and says that no more will come if so wished; what comes back until the server closes. */
    private String send(byte[] request, boolean thatIsAll) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            if (thatIsAll) {
                socket.shutdownOutput();
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String target, String headers) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization + headers
                + "\r\n");
    }

    /** The head of the answer; the rest, which may have no end, is not waited for. */
    private String head(String target, String headers) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + authorization
                    + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return head(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && head.indexOf("\r\n\r\n") < 0) {
            head.append((char) next);
            next = socket.getInputStream().read();
        }
        return head.toString();
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

    static Stream<Arguments> requestsThatAreNone() {
        String line = " HTTP/1.1\r\n";
        String host = "Host: localhost\r\n";
        String event = "GET /api/event-types HTTP/1.1\r\n";
        return Stream.of(
                arguments("an overlong dot", "GET /%c0%ae/" + line + host),
                arguments("an overlong dot in the API", "GET /api/events/%c0%ae" + line + host),
                arguments("a byte that is no letter", "GET /api/views/%ff" + line + host),
                arguments("half a surrogate pair", "GET /api/views/%ed%a0%80" + line + host),
                arguments("a parameter that is not UTF-8", "GET /api/events?tag=unit:%c0%ae" + line + host),
                arguments("bad percent-encoding", "GET /%zz" + line + host),
                arguments("percent-encoding that stops", "GET /api/events/%" + line + host),
                arguments("an encoded NUL", "GET /api/events%00" + line + host),
                arguments("a NUL in the path", "GET /api/ev\0ents" + line + host),
                arguments("a NUL in a header field", event + host + "X-More: a\0b\r\n"),
                arguments("a NUL in a header field's name", event + host + "X\0More: ab\r\n"),
                arguments("a header field without a colon", event + host + "Nonsense\r\n"),
                arguments("a blank before the colon", event + host + "X-More : x\r\n"),
                arguments("no slash", "GET api/event-types" + line + host),
                arguments("no target", "GET " + line + host),
                arguments("a star", "GET *" + line + host),
                arguments("a fragment", "GET /api/event-types#x" + line + host),
                arguments("another scheme", "GET ftp://localhost/api/event-types" + line + host),
                arguments("an absolute form with half an address", "GET http://[::1/api/event-types" + line + host),
                arguments("the form of a proxy", "CONNECT example.org:443" + line + host),
                arguments("no Host", event),
                arguments("two Hosts", event + host + "Host: example.org\r\n"),
                arguments("a Host that is none", event + "Host: a b/c@d\r\n"),
                arguments("a Host that is half an address", event + "Host: [::1\r\n"),
                arguments("a Host whose port is none", event + "Host: localhost:x\r\n"),
                arguments("an unknown version", "GET /api/event-types HTTP/2.5\r\n" + host),
                arguments("half a version", "GET /api/event-types HTTP/9\r\n" + host),
                arguments("no version", "GET /api/event-types\r\n"),
                arguments("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n"),
                arguments("an unknown method", "BREW /api/events" + line + host),
                arguments("a method in small letters", "get /api/events" + line + host),
                arguments("a method with a character of its own", "G@T /api/events" + line + host),
                arguments("TRACE", "TRACE /api/events" + line + host));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requestsThatAreNone")
    void whatIsNoRequestIsToldSo(String situation, String request) {
        byte[] bytes = (request + authorization + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertProblem(send(bytes, false), 400, "MALFORMED_REQUEST");
        assertProblem(send(bytes, true), 400, "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: x\r\n\r\n{}",
                "Content-Length: -1\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: nonsense\r\n\r\n{}",
            })
    void aBodyWhoseEndIsNotClearIsRefused(String rest) {
        String request = "POST /api/commands/RegisterUnit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + authorization + "Content-Type: application/json\r\n" + rest;
        assertProblem(send(request), 400, "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username=%zz&password=x", "username=%", "%=%"})
    void aFormThatIsNoneIsRefused(String form) {
        String request = "POST /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Cookie: XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + form.length() + "\r\n\r\n" + form;
        assertProblem(send(request), 400, "MALFORMED_REQUEST");
    }

    static Stream<Arguments> requestsThatAreUnusual() {
        String fields = "Host: localhost\r\nConnection: close\r\n";
        return Stream.of(
                arguments("HTTP/1.0", "GET /api/event-types HTTP/1.0\r\n" + fields),
                arguments("HTTP/1.0 without a Host", "GET /api/event-types HTTP/1.0\r\n"),
                arguments("an absolute form", "GET http://localhost/api/event-types HTTP/1.1\r\n" + fields),
                arguments("empty lines first", "\r\n\r\nGET /api/event-types HTTP/1.1\r\n" + fields),
                arguments("an address", "GET /api/event-types HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: close\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requestsThatAreUnusual")
    void whatIsUnusualIsAnswered(String situation, String request) {
        byte[] bytes = (request + authorization + "\r\n").getBytes(StandardCharsets.UTF_8);
        assertThat(status(send(bytes, false))).isEqualTo(200);
        assertThat(status(send(bytes, true))).isEqualTo(200);
    }

    @Test
    void aTargetInChineseLettersIsUnderstood() {
        String answer = get("/api/records/group:派驻-011/history", "");
        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer).isEqualTo(get("/api/records/group:%E6%B4%BE%E9%A9%BB-011/history", ""));
    }

    @Test
    void aClientWhoSendsNoMoreGetsAnAnswerThatTakesTime() {
        String request = "GET /api/events?after=" + house.head() + "&timeout=1 HTTP/1.1\r\nHost: localhost\r\n"
                + authorization + "\r\n";
        String answer = send(request.getBytes(StandardCharsets.UTF_8), true);
        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer).contains("[]");
    }

    @Test
    void aStreamEndsWhenItsClientSendsNoMore() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "GET /api/events/stream?after=" + house.head() + " HTTP/1.1\r\nHost: localhost\r\n"
                    + authorization + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(head(socket)).contains("text/event-stream");
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // What was on its way.
            }
        }
    }

    @Test
    void aBodyThatStopsHalfWayIsNotRecorded() {
        long head = house.head();
        String request = "POST /api/commands/RegisterUnit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + authorization + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"unitId\":\"half\"";
        assertThat(send(request.getBytes(StandardCharsets.UTF_8), true)).isEmpty();
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
            String answer = head(
                    target, "Accept: application/json, text/event-stream;q=0.1, */*;q=0.01\r\nLast-Event-ID: x\r\n");
            assertThat(status(answer))
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
