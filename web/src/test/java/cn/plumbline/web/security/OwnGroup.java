package cn.plumbline.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.EventJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The group of the demo account {@code member}, and another one. */
final class OwnGroup {

    static final String ID = "派驻-011";
    static final String OTHER = "派驻-他组";

    private static final String ORGAN = "权限纪委";
    private static final List<Map<String, String>> BASIS =
            List.of(Map.of("docNo", "示例〔2016〕1号", "title", "示例文件", "issuedOn", "2015-05-04"));

    private static final Set<Integer> ESTABLISHED = ConcurrentHashMap.newKeySet();

    private OwnGroup() {}

    /** Has both groups recorded in the application at a port, if they are not. */
    static void establish(int port) {
        if (!ESTABLISHED.add(port)) {
            return;
        }
        Guest clerk = Guest.named(port, "clerk");
        clerk.command("RegisterOrgan", Map.of("organId", ORGAN, "name", ORGAN, "level", "PROVINCE"))
                .ok();
        for (String group : List.of(ID, OTHER)) {
            clerk.command("RegisterUnit", unit("单位" + group)).ok();
            clerk.command(
                            "EstablishDispatchGroup",
                            Map.of(
                                    "groupId",
                                    group,
                                    "organId",
                                    ORGAN,
                                    "kind",
                                    "STANDALONE",
                                    "name",
                                    ORGAN + "驻" + "单位" + group + "纪检组",
                                    "unitIds",
                                    List.of("单位" + group),
                                    "effectiveFrom",
                                    "2016-01-01",
                                    "basis",
                                    BASIS))
                    .ok();
        }
        long last = clerk.command("RegisterUnit", unit(newId()))
                .ok()
                .path("position")
                .asLong();
        clerk.get("/api/views/group-directory?waitFor=" + last + "&waitTimeout=30")
                .ok();
    }

    /** A unit that can be registered. */
    static Map<String, Object> unit(String id) {
        return Map.of("unitId", id, "name", "名称" + id, "category", "OTHER", "level", "PROVINCE");
    }

    /** One more person for a group. */
    static Map<String, Object> appointment(String group) {
        return Map.of(
                "groupId",
                group,
                "personId",
                newId(),
                "title",
                "STAFF",
                "fullTime",
                true,
                "from",
                "2016-01-01",
                "decision",
                Map.of("meeting", "示例会议", "date", "2015-12-20"));
    }

    /** The same as a line of a batch. */
    static String appointmentLine(String group) {
        return EventJson.write(Map.of("command", "AppointGroupMember", "data", appointment(group))) + "\n";
    }

    static String newId() {
        return "S" + UUID.randomUUID();
    }

    /** The attempts from a position on. */
    static List<JsonNode> attempts(int port, long after) {
        return Guest.named(port, "auditor")
                .get("/api/attempts?limit=1000&after=" + after)
                .ok()
                .valueStream()
                .toList();
    }

    /** How many commands were refused so far. */
    static long attempts(int port) {
        long last = 0;
        while (true) {
            List<JsonNode> page = attempts(port, last);
            if (page.isEmpty()) {
                return last;
            }
            last = page.getLast().path("position").asLong();
            assertThat(last).isPositive();
        }
    }
}
