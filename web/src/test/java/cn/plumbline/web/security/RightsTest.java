package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.RealApplication;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may do what. */
@RealApplication
class RightsTest {

    /**
     * The status that each account gets. {@code page} is a request of a browser, {@code follow} one for a stream,
     * {@code send} a command that nothing speaks against but the sender, {@code own} one for the group of the account
     * {@code member}, {@code line} the same in a batch.
     */
    private static final String TABLE = """
            kind    what                                          nobody clerk clerk2 member auditor dashboard integrator admin
            send    RegisterUnit                                  401    200   200    403    403     403       403        200
            own     AppointGroupMember                            401    200   200    200    403     403       403        200
            line    AppointGroupMember                            401    200   200    200    403     403       403        200
            get     /api/commands                                 401    200   200    200    200     200       200        200
            get     /api/commands/RegisterUnit                    401    200   200    200    200     200       200        200
            get     /api/views                                    401    200   200    200    200     200       403        200
            get     /api/views/organ-directory                    401    200   200    200    200     200       403        200
            get     /api/views/organ-directory?format=csv         401    200   200    200    200     200       403        200
            follow  /api/views/organ-directory/stream             401    200   200    200    200     200       403        200
            get     /api/events?limit=1                           401    403   403    403    200     403       200        200
            get     /api/events/1                                 401    403   403    403    200     403       200        200
            follow  /api/events/stream                            401    403   403    403    200     403       200        200
            get     /api/event-types                              401    200   200    200    200     200       200        200
            get     /api/event-types/dispatch.UnitCoverageStarted/1/schema
                                                                  401    200   200    200    200     200       200        200
            get     /api/records/group:%E6%B4%BE%E9%A9%BB-011/history
                                                                  401    200   200    200    200     403       403        200
            get     /api/attempts                                 401    403   403    403    200     403       403        200
            get     /api/nothing-here                             401    404   404    404    404     404       404        404
            page    /                                             302    302   302    302    302     302       302        302
            page    /coverage                                     302    200   200    200    200     200       403        200
            page    /groups                                       302    200   200    200    200     200       403        200
            page    /groups/%E6%B4%BE%E9%A9%BB-011                302    200   200    200    200     200       403        200
            page    /records                                      302    200   200    200    200     403       403        200
            page    /records/group:%E6%B4%BE%E9%A9%BB-011         302    200   200    200    200     403       403        200
            page    /record                                       302    200   200    200    403     403       403        200
            page    /record/RegisterUnit                          302    200   200    200    403     403       403        200
            page    /stream                                       302    403   403    403    200     403       200        200
            page    /login                                        200    200   200    200    200     200       200        200
            page    /problems/INVALID                             200    200   200    200    200     200       200        200
            get     /problems                                     200    200   200    200    200     200       200        200
            get     /css/plumbline.css                            200    200   200    200    200     200       200        200
            get     /actuator/health                              200    200   200    200    200     200       200        200
            get     /actuator/health/liveness                     200    200   200    200    200     200       200        200
            get     /actuator/health/readiness                    200    200   200    200    200     200       200        200
            get     /actuator/env                                 401    404   404    404    404     404       404        404
            get     /actuator                                     401    200   200    200    200     200       200        200
            """;

    private static final List<List<String>> ROWS = TABLE.replaceAll("\\n\\s+(?=\\d{3} )", " ")
            .lines()
            .map(line -> Arrays.asList(line.trim().split("\\s+")))
            .toList();

    @LocalServerPort
    private int port;

    @BeforeEach
    void hasTheGroups() {
        OwnGroup.establish(port);
    }

    static Stream<Arguments> cells() {
        List<String> accounts = ROWS.getFirst();
        return ROWS.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(2, accounts.size())
                        .mapToObj(i ->
                                Arguments.of(row.get(0), row.get(1), accounts.get(i), Integer.parseInt(row.get(i)))));
    }

    @Test
    void theTableIsWhole() {
        assertThat(ROWS)
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> assertThat(row).hasSize(10));
    }

    @ParameterizedTest(name = "{0} {1} as {2}: {3}")
    @MethodSource("cells")
    void everyoneGetsWhatIsHis(String kind, String what, String account, int status) {
        Guest guest = account.equals("nobody") ? Guest.nobody(port) : Guest.named(port, account);
        Guest.Reply reply = send(guest, kind, what);
        if (status == 401) {
            reply.assertProblem(401, "UNAUTHENTICATED");
            assertThat(reply.header("WWW-Authenticate")).startsWith("Basic");
        } else if (status == 403 && !kind.equals("page")) {
            reply.assertProblem(403, "FORBIDDEN_BY_SCOPE");
        } else {
            assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        }
        if (kind.equals("page") && status == 302 && account.equals("nobody")) {
            assertThat(reply.header("Location")).isEqualTo("/login");
        }
    }

    private static Guest.Reply send(Guest guest, String kind, String what) {
        return switch (kind) {
            case "send" -> guest.command(what, OwnGroup.unit(OwnGroup.newId()));
            case "own" -> guest.command(what, OwnGroup.appointment(OwnGroup.ID));
            case "line" -> guest.post("/api/commands", Guest.LINES, OwnGroup.appointmentLine(OwnGroup.ID));
            case "get" -> guest.get(what);
            case "follow" -> guest.get(what, "text/event-stream");
            case "page" -> guest.open(what);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
