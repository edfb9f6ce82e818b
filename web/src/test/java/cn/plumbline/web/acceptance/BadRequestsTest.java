package cn.plumbline.web.acceptance;

import static cn.plumbline.web.acceptance.BadRequest.command;
import static cn.plumbline.web.acceptance.BadRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Whatever a client sends to whichever endpoint: it gets the right problem, and nothing is appended. */
@ExtendWith(SharedHouse.class)
class BadRequestsTest {

    private static final String FUTURE = "999999999999";
    private static final String UNIT = EventJson.write(Bodies.unit("坏请求"));
    private static final int MEBIBYTE = 1 << 20;

    private final House house;

    BadRequestsTest(House house) {
        this.house = house;
    }

    static Stream<BadRequest> bodies() {
        byte[] notUtf8 = UNIT.getBytes(StandardCharsets.UTF_8);
        notUtf8[12] = (byte) 0xFF;
        return Stream.of(
                command("no body", "RegisterUnit", "", 400, "MALFORMED_JSON"),
                command("half an object", "RegisterUnit", "{\"unitId\":", 400, "MALFORMED_JSON"),
                command("an array", "RegisterUnit", "[]", 400, "MALFORMED_JSON"),
                command("a text", "RegisterUnit", "\"x\"", 400, "MALFORMED_JSON"),
                command("null", "RegisterUnit", "null", 400, "MALFORMED_JSON"),
                command("something after the object", "RegisterUnit", UNIT + "{}", 400, "MALFORMED_JSON"),
                command("a field twice", "RegisterUnit", "{\"unitId\":\"a\",\"unitId\":\"b\"}", 400, "MALFORMED_JSON"),
                command("not UTF-8", "RegisterUnit", notUtf8, 400, "MALFORMED_JSON"),
                command(
                        "a number without end",
                        "RegisterUnit",
                        "{\"level\":" + "9".repeat(5_000) + "}",
                        400,
                        "MALFORMED_JSON"),
                command("depth", "RegisterUnit", "[".repeat(5_000) + "]".repeat(5_000), 400, "MALFORMED_JSON"),
                command("no fields", "RegisterUnit", "{}", 400, "INVALID"),
                command("an unknown field", "RegisterUnit", UNIT.replace("{", "{\"colour\":\"red\","), 400, "INVALID"),
                command("a wrong type", "RegisterUnit", UNIT.replace("\"PROVINCE\"", "3"), 400, "INVALID"),
                command("not in the code list", "RegisterUnit", UNIT.replace("PROVINCE", "MOON"), 400, "INVALID"),
                command("an id with a blank", "RegisterUnit", UNIT.replace("\"坏请求\"", "\"a b\""), 400, "INVALID"),
                command(
                        "an id too long",
                        "RegisterUnit",
                        UNIT.replace("\"坏请求\"", "\"" + "x".repeat(65) + "\""),
                        400,
                        "INVALID"),
                command(
                        "no such day",
                        "RegisterUnit",
                        UNIT.replace("{", "{\"occurredOn\":\"2016-02-30\","),
                        400,
                        "INVALID"),
                command(
                        "a basis that is none",
                        "RegisterUnit",
                        UNIT.replace("{", "{\"basis\":[{\"docNo\":3}],"),
                        400,
                        "INVALID"),
                command(
                        "more than a mebibyte",
                        "RegisterUnit",
                        "{\"x\":\"" + "x".repeat(MEBIBYTE) + "\"}",
                        413,
                        "BODY_TOO_LARGE"),
                command("no such command", "NoSuchCommand", UNIT, 404, "UNKNOWN_COMMAND"),
                command("the name in small letters", "registerunit", UNIT, 404, "UNKNOWN_COMMAND"),
                command("a form", "RegisterUnit", UNIT, 415, "UNSUPPORTED_MEDIA_TYPE")
                        .header(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded"),
                command("no media type", "RegisterUnit", UNIT, 415, "UNSUPPORTED_MEDIA_TYPE")
                        .header(HttpHeaders.CONTENT_TYPE, "application/octet-stream"),
                command("not acceptable", "RegisterUnit", UNIT, 406, "NOT_ACCEPTABLE")
                        .header(HttpHeaders.ACCEPT, "text/csv"),
                command("JSON where lines are taken", "", UNIT, 404, "NOT_FOUND"),
                command("lines where one is taken", "RegisterUnit", UNIT, 415, "UNSUPPORTED_MEDIA_TYPE")
                        .header(HttpHeaders.CONTENT_TYPE, "application/x-ndjson"));
    }

    static Stream<BadRequest> views() {
        String map = "/api/views/coverage-map?organ=x";
        String directory = "/api/views/group-directory?";
        return Stream.of(
                get("no such view", "/api/views/no-such-view", 404, "UNKNOWN_VIEW"),
                get("no such view", "/api/views/no-such-view/stream", 404, "UNKNOWN_VIEW"),
                get("without its organ", "/api/views/coverage-map", 400, "BAD_PARAMETER"),
                get("a stream without its organ", "/api/views/coverage-map/stream", 400, "BAD_PARAMETER"),
                get("an unknown parameter", map + "&colour=red", 400, "BAD_PARAMETER"),
                get("a parameter twice", map + "&organ=y", 400, "BAD_PARAMETER"),
                get("no date", map + "&asOf=yesterday", 400, "BAD_PARAMETER"),
                get("no such day", map + "&asOf=2015-02-30", 400, "BAD_PARAMETER"),
                get("no date to compare to", map + "&comparedTo=x", 400, "BAD_PARAMETER"),
                get("no position", map + "&knownAt=x", 400, "BAD_PARAMETER"),
                get("a negative position", map + "&knownAt=-1", 400, "BAD_PARAMETER"),
                get("no instant", map + "&knownAt=2015-12-30T25:00:00Z", 400, "BAD_PARAMETER"),
                get("in the future", map + "&knownAt=" + FUTURE, 400, "POSITION_IN_FUTURE"),
                get("no position to wait for", map + "&waitFor=soon", 400, "BAD_PARAMETER"),
                get("no time to wait", map + "&waitFor=1&waitTimeout=-1", 400, "BAD_PARAMETER"),
                get("too long to wait", map + "&waitFor=1&waitTimeout=3600", 400, "BAD_PARAMETER"),
                get("waited in vain", map + "&waitFor=" + FUTURE + "&waitTimeout=1", 504, "TIMEOUT"),
                get("no such format", map + "&format=xml", 400, "BAD_PARAMETER"),
                get("no rows", directory + "limit=0", 400, "BAD_PARAMETER"),
                get("too many rows", directory + "limit=1000000", 400, "BAD_PARAMETER"),
                get("rows without number", directory + "limit=many", 400, "BAD_PARAMETER"),
                get(
                        "in a stream's future",
                        map.replace("?", "/stream?") + "&knownAt=" + FUTURE,
                        400,
                        "POSITION_IN_FUTURE"),
                get("not acceptable", map, 406, "NOT_ACCEPTABLE").header(HttpHeaders.ACCEPT, "image/png"),
                get("no tag", "/api/records/unit/history", 400, "BAD_PARAMETER"),
                get("half a tag", "/api/records/unit:/history", 400, "BAD_PARAMETER"),
                get("no such record", "/api/records/unit:none/history", 404, "UNKNOWN_RECORD"),
                get("no such position", "/api/records/unit:009/history?knownAt=x", 400, "BAD_PARAMETER"),
                get("in the future", "/api/records/unit:009/history?knownAt=" + FUTURE, 400, "POSITION_IN_FUTURE"),
                get("an unknown parameter", "/api/records/unit:009/history?colour=red", 400, "BAD_PARAMETER"));
    }

    static Stream<BadRequest> events() {
        return Stream.of(
                get("no position", "/api/events?after=x", 400, "BAD_PARAMETER"),
                get("a negative position", "/api/events?after=-1", 400, "BAD_PARAMETER"),
                get("a position of forty digits", "/api/events?after=" + "9".repeat(40), 400, "BAD_PARAMETER"),
                get("in the future", "/api/events?after=" + FUTURE, 400, "POSITION_IN_FUTURE"),
                get("none", "/api/events?limit=0", 400, "BAD_PARAMETER"),
                get("too many", "/api/events?limit=1001", 400, "BAD_PARAMETER"),
                get("too long", "/api/events?timeout=61", 400, "BAD_PARAMETER"),
                get("no such type", "/api/events?type=dispatch.Nothing", 400, "BAD_PARAMETER"),
                get("no tag", "/api/events?tag=unit", 400, "BAD_PARAMETER"),
                get("an unknown parameter", "/api/events?colour=red", 400, "BAD_PARAMETER"),
                get("twice", "/api/events?after=1&after=2", 400, "BAD_PARAMETER"),
                get("no position", "/api/events/stream?after=x", 400, "BAD_PARAMETER"),
                get("in the future", "/api/events/stream?after=" + FUTURE, 400, "POSITION_IN_FUTURE"),
                get("no such type", "/api/events/stream?type=x", 400, "BAD_PARAMETER"),
                get("no tag", "/api/events/stream?tag=:", 400, "BAD_PARAMETER"),
                get("no id", "/api/events/stream", 400, "BAD_PARAMETER").header("Last-Event-ID", "x"),
                get("a future id", "/api/events/stream?after=0", 400, "POSITION_IN_FUTURE")
                        .header("Last-Event-ID", FUTURE),
                get("no event", "/api/events/" + FUTURE, 404, "NOT_FOUND"),
                get("no event", "/api/events/0", 404, "NOT_FOUND"),
                get("no position", "/api/events/x", 400, "BAD_PARAMETER"),
                get("no such type", "/api/event-types/dispatch.Nothing/1/schema", 404, "NOT_FOUND"),
                get("no such version", "/api/event-types/dispatch.UnitCoverageStarted/99/schema", 404, "NOT_FOUND"),
                get("no position", "/api/attempts?after=x", 400, "BAD_PARAMETER"),
                get("in the future", "/api/attempts?after=" + FUTURE, 400, "POSITION_IN_FUTURE"),
                get("too many", "/api/attempts?limit=1001", 400, "BAD_PARAMETER"),
                get("no such command", "/api/commands/NoSuchCommand", 404, "UNKNOWN_COMMAND"),
                get("no such thing", "/api/no-such-thing", 404, "NOT_FOUND"));
    }

    private static final List<String> READ = List.of(
            "/api/views",
            "/api/views/coverage-map?organ=x",
            "/api/views/coverage-map/stream?organ=x",
            "/api/records/unit:009/history",
            "/api/events",
            "/api/events/stream",
            "/api/events/1",
            "/api/event-types",
            "/api/event-types/dispatch.UnitCoverageStarted/1/schema",
            "/api/attempts",
            "/api/commands",
            "/api/commands/RegisterUnit");

    static Stream<BadRequest> methods() {
        return Stream.of(HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PATCH)
                .flatMap(method -> READ.stream().map(uri -> BadRequest.method(method, uri)));
    }

    /** Who has no account, a wrong one, or one for other things. */
    static Stream<BadRequest> strangers() {
        BadRequest lines = command("", "", UNIT, 0, "");
        Stream<BadRequest> all = READ.stream().map(uri -> get("nobody", uri, 401, "UNAUTHENTICATED"));
        return Stream.of(
                        all.flatMap(each -> Stream.of(
                                each.as(null),
                                each.as(null).header(HttpHeaders.AUTHORIZATION, "Basic !!!"),
                                each.as(null).header(HttpHeaders.AUTHORIZATION, basic("clerk", "wrong")),
                                each.as(null).header(HttpHeaders.AUTHORIZATION, basic("nobody", "nobody")))),
                        Stream.of(command("nobody", "RegisterUnit", UNIT, 401, "UNAUTHENTICATED")
                                .as(null)),
                        Stream.of("auditor", "dashboard", "integrator")
                                .map(user -> command("only looks", "RegisterUnit", UNIT, 403, "FORBIDDEN_BY_SCOPE")
                                        .as(user)),
                        Stream.of("auditor", "dashboard", "integrator")
                                .map(user -> new BadRequest(
                                                "only looks",
                                                lines.method(),
                                                "/api/commands",
                                                user,
                                                lines.body(),
                                                lines.headers(),
                                                403,
                                                "FORBIDDEN_BY_SCOPE")
                                        .header(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")),
                        Stream.of("clerk", "member", "dashboard", "integrator")
                                .map(user -> get("not his", "/api/attempts", 403, "FORBIDDEN_BY_SCOPE")
                                        .as(user)),
                        Stream.of(
                                get("not his", "/api/events", 403, "FORBIDDEN_BY_SCOPE")
                                        .as("dashboard"),
                                get("not his", "/api/views/coverage-map?organ=x", 403, "FORBIDDEN_BY_SCOPE")
                                        .as("integrator"),
                                get("not his", "/api/records/unit:009/history", 403, "FORBIDDEN_BY_SCOPE")
                                        .as("integrator")))
                .flatMap(each -> each);
    }

    private static String basic(String user, String password) {
        return "Basic " + HttpHeaders.encodeBasicAuth(user, password, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource({"bodies", "views", "events", "methods", "strangers"})
    void isRefused(BadRequest request) {
        long head = house.head();
        long attempts = house.attempts();
        request.send(house).problem(request.status(), request.code());
        assertThat(house.head()).as("nothing is appended").isEqualTo(head);
        assertThat(house.attempts()).as("nor is it an attempt").isEqualTo(attempts);
    }

    @Test
    void tellsAllFieldsThatAreWrongAtOnce() {
        JsonNode problem = command(
                        "", "RegisterUnit", "{\"unitId\":\"a b\",\"level\":\"MOON\",\"colour\":1}", 400, "INVALID")
                .send(house)
                .problem(400, "INVALID")
                .json();
        assertThat(problem.path("errors"))
                .extracting(error -> error.path("pointer").asString())
                .containsExactlyInAnyOrder("/unitId", "/level", "/colour", "/name", "/category");
        assertThat(problem.path("errors")).allSatisfy(error -> {
            assertThat(error.path("code").asString()).isNotBlank();
            assertThat(error.path("message").path("zh").asString()).isNotBlank();
            assertThat(error.path("message").path("en").asString()).isNotBlank();
        });
    }

    @Test
    void speaksTheLanguageThatIsAskedFor() {
        BadRequest request = get("", "/api/views/no-such-view", 404, "UNKNOWN_VIEW");
        String zh = request.send(house).json().path("title").asString();
        String en = request.header(HttpHeaders.ACCEPT_LANGUAGE, "en")
                .send(house)
                .json()
                .path("title")
                .asString();
        assertThat(zh).isNotEqualTo(en);
        assertThat(en).matches("\\p{ASCII}+");
    }

    @Test
    void explainsEveryCodeOnAPage() {
        for (String code : List.of("INVALID", "UNKNOWN_VIEW", "UNIT_ALREADY_COVERED", "POSITION_IN_FUTURE")) {
            Answer page =
                    house.as("clerk").get(headers -> headers.set(HttpHeaders.ACCEPT, "text/html"), "/problems/" + code);
            assertThat(page.ok().text()).contains(code);
        }
    }
}
