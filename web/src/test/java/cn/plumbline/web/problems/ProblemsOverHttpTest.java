package cn.plumbline.web.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.plumbline.events.EventJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;

@ActiveProfiles("trouble")
@SpringBootTest(
        classes = Trouble.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.endpoint.health.validate-group-membership=false")
class ProblemsOverHttpTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    @LocalServerPort
    private int port;

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode problem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return problem(response.body(), status, code);
    }

    private static JsonNode problem(String body, int status, String code) {
        JsonNode problem = EventJson.mapper().readTree(body);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("message").path("zh").asString()).isNotBlank();
        assertThat(problem.path("message").path("en").asString()).isNotBlank();
        assertThat(body).doesNotContain("inner workings", "Exception", "\tat ");
        return problem;
    }

    @ParameterizedTest
    @CsvSource({
        "/api/nothing, 404, NOT_FOUND",
        "/api/number, 400, BAD_PARAMETER",
        "/api/number?number=x, 400, BAD_PARAMETER",
        "/api/gone, 410, REJECTED",
        "/api/timeout, 504, TIMEOUT",
        "/api/fault, 500, INTERNAL",
        "/api/bare, 404, NOT_FOUND",
        "/api/body, 405, METHOD_NOT_ALLOWED",
        "/api//json, 400, MALFORMED_REQUEST",
        "/api/%00, 400, MALFORMED_REQUEST",
        "/api/..%2fjson, 400, MALFORMED_REQUEST",
        "/api/json;a=b, 400, MALFORMED_REQUEST",
    })
    void aReadThatFailsIsAProblem(String path, int status, String code) throws Exception {
        var unused = problem(send(request(path)), status, code);
    }

    @Nested
    class ABody {

        private HttpResponse<String> post(String type, String body) throws Exception {
            return send(
                    request("/api/body").header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "nonsense", "{\"name\":\"a\",\"count\":1} trailing", "{\"name\":\"\u0001\"}"})
        void thatIsNotJsonIsMalformed(String body) throws Exception {
            var unused = problem(post("application/json", body), 400, "MALFORMED_JSON");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\":\"a\",\"count\":\"x\"} | /count | INVALID",
                    "{\"name\":\"a\",\"count\":1,\"more\":1} | /more | UNKNOWN_FIELD",
                    "{\"name\":{},\"count\":1} | /name | INVALID",
                })
        void thatDoesNotFitNamesTheField(String body, String pointer, String code) throws Exception {
            JsonNode problem = problem(post("application/json", body), 400, "INVALID");
            assertThat(problem.path("errors").path(0).path("pointer").asString())
                    .isEqualTo(pointer);
            assertThat(problem.path("errors").path(0).path("code").asString()).isEqualTo(code);
        }

        @Test
        void thatIsOfAnotherTypeIsUnsupported() throws Exception {
            HttpResponse<String> response = post("text/plain", "a");
            var unused = problem(response, 415, "UNSUPPORTED_MEDIA_TYPE");
            assertThat(response.headers().firstValue("Accept").orElse("")).contains("application/json");
        }

        @Test
        void whoseTypeIsNonsenseIsUnsupported() throws Exception {
            assertThat(post("nonsense", "{}").statusCode()).isIn(400, 415);
        }

        @Test
        void overOneMebibyteIsTooLarge() throws Exception {
            var unused = problem(
                    post("application/json", "{\"name\":\"" + "a".repeat(1024 * 1024) + "\",\"count\":1}"),
                    413,
                    "BODY_TOO_LARGE");
        }

        @Test
        void overOneMebibyteIsTooLargeAlsoWhenItDoesNotSayItsLength() throws Exception {
            byte[] body =
                    ("{\"name\":\"" + "a".repeat(1024 * 1024) + "\",\"count\":1}").getBytes(StandardCharsets.UTF_8);
            HttpResponse<String> response = send(request("/api/body")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
            var unused = problem(response, 413, "BODY_TOO_LARGE");
        }

        @Test
        void ofOneMebibyteIsRead() throws Exception {
            String frame = "{\"name\":\"\",\"count\":1}";
            String name = "a".repeat(1024 * 1024 - frame.length());
            assertThat(post("application/json", "{\"name\":\"" + name + "\",\"count\":1}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class ARefusalOfTheServerItself {

        private String raw(String request) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) LIMIT.toMillis());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        private void refused(String answer, int status, String code) {
            assertThat(answer).startsWith("HTTP/1.1 " + status);
            assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
            var unused = problem(answer.substring(answer.indexOf("\r\n\r\n") + 4), status, code);
        }

        @Test
        void tellsThatTheAddressIsTooLong() throws Exception {
            refused(raw("GET /api/json?a=" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414, "URI_TOO_LONG");
        }

        @Test
        void tellsThatTheHeadersAreTooLarge() throws Exception {
            refused(
                    raw("GET /api/json HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(40_000) + "\r\n\r\n"),
                    431,
                    "HEADERS_TOO_LARGE");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nonsense\r\n\r\n",
                    "GET /api/json HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n",
                    "GET /api/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    "GET /api/json|^ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                })
        void tellsThatTheRequestIsMalformed(String request) throws Exception {
            refused(raw(request), 400, "MALFORMED_REQUEST");
        }

        @Test
        void doesNotComeForAnAddressOfTenThousandLetters() throws Exception {
            assertThat(send(request("/api/json?a=" + "a".repeat(10_000))).statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class AnAnswer {

        @Test
        void carriesHeadersAndDataOfTheProblem() throws Exception {
            HttpResponse<String> response = send(request("/api/problem"));
            JsonNode problem = problem(response, 503, "JOURNAL_UNAVAILABLE");
            assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(problem.path("commandId").asString()).isEqualTo("c1");
            assertThat(problem.path("errors").path(0).path("message").path("zh").asString())
                    .isEqualTo("必填");
        }

        @Test
        void namesTheMethodsThatTheAddressHas() throws Exception {
            assertThat(send(request("/api/body")).headers().firstValue("Allow")).hasValue("POST");
        }

        @Test
        void isAProblemAlsoWhenNothingThatIsAcceptedCanBeGiven() throws Exception {
            var unused = problem(send(request("/api/json").header("Accept", "image/png")), 406, "NOT_ACCEPTABLE");
        }

        @ParameterizedTest
        @ValueSource(strings = {"nonsense", "text/html;q=2", ";"})
        void isAProblemForAnAcceptHeaderThatCannotBeRead(String accept) throws Exception {
            assertThat(send(request("/api/json").header("Accept", accept)).statusCode())
                    .isEqualTo(406);
        }

        @Test
        void speaksTheLanguageThatIsAskedFor() throws Exception {
            assertThat(problem(send(request("/api/nothing")), 404, "NOT_FOUND")
                            .path("title")
                            .asString())
                    .isEqualTo("没有这个地址");
            assertThat(problem(send(request("/api/nothing").header("Accept-Language", "en-GB")), 404, "NOT_FOUND")
                            .path("title")
                            .asString())
                    .startsWith("There is nothing");
            assertThat(send(request("/api/nothing").header("Accept-Language", "*,,;q=x"))
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void hasNoBodyForHead() throws Exception {
            HttpResponse<String> response =
                    send(request("/api/nothing").method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEmpty();
        }

        @Test
        void namesAFaultByItsIdOnly() throws Exception {
            JsonNode problem = problem(send(request("/api/fault")), 500, "INTERNAL");
            assertThat(problem.path("errorId").asString()).hasSize(36);
        }

        @Test
        void breaksOffWhenItFailsHalfway() {
            assertThatThrownBy(() -> send(request("/api/half"))).isInstanceOf(IOException.class);
        }
    }

    @Nested
    class AReaderWithABrowser {

        private static final String ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        private HttpResponse<String> open(String path) throws Exception {
            return send(request(path).header("Accept", ACCEPT));
        }

        @Test
        void seesAPage() throws Exception {
            HttpResponse<String> response = open("/nothing");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            assertThat(response.body()).contains("没有这个地址", "NOT_FOUND").doesNotContain("Exception");
        }

        @Test
        void seesNothingOfAFault() throws Exception {
            HttpResponse<String> response = open("/fault");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("系统出错").doesNotContain("inner workings", "Exception");
        }

        @Test
        void getsProblemsOfTheApiAsTheyAre() throws Exception {
            var unused = problem(open("/api/nothing"), 404, "NOT_FOUND");
        }

        @Test
        void readsWhatACodeMeans() throws Exception {
            HttpResponse<String> response = open("/problems/UNIT_ALREADY_COVERED");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("422", "UNIT_ALREADY_COVERED", "EstablishDispatchGroup");
        }

        @Test
        void readsTheListOfCodes() throws Exception {
            assertThat(open("/problems").body()).contains("UNIT_ALREADY_COVERED", "MALFORMED_JSON", "数据已变化");
        }

        @Test
        void findsNothingBehindAnUnknownCode() throws Exception {
            HttpResponse<String> response = open("/problems/%3Cscript%3E");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).doesNotContain("<script>");
        }
    }

    @Test
    void codesAreExplainedToPrograms() throws Exception {
        HttpResponse<String> response = send(request("/problems/CSRF").header("Accept", "application/json"));
        assertThat(EventJson.mapper().readTree(response.body()).path("status").asInt())
                .isEqualTo(403);
    }
}
