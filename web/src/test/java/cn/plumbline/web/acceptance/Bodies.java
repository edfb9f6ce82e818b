package cn.plumbline.web.acceptance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of commands, complete and acceptable but for what a test changes. */
final class Bodies {

    static final String ORGAN = "自治区纪委";

    static final List<Map<String, String>> BASIS =
            List.of(Map.of("docNo", "示例〔2016〕1号", "title", "示例文件", "issuedOn", "2015-05-04"));

    private Bodies() {}

    static Map<String, Object> unit(String id) {
        return with("unitId", id, "name", "示例单位-" + id, "category", "OTHER", "level", "PROVINCE");
    }

    static Map<String, Object> organ(String id) {
        return with("organId", id, "name", "示例机关-" + id, "level", "PROVINCE");
    }

    /** A group of the sample's organ from 2016 on. */
    static Map<String, Object> group(String id, String kind, List<String> units) {
        return with(
                "groupId",
                id,
                "organId",
                ORGAN,
                "kind",
                kind,
                "name",
                ORGAN + "驻" + id + "纪检组",
                "unitIds",
                units,
                "effectiveFrom",
                "2016-01-01",
                "basis",
                BASIS);
    }

    static Map<String, Object> addToGroup(String group, String unit) {
        return with("groupId", group, "unitId", unit, "effectiveFrom", "2016-01-01", "basis", BASIS);
    }

    static Map<String, Object> appoint(String group, String person, String title) {
        return with(
                "groupId",
                group,
                "personId",
                person,
                "title",
                title,
                "fullTime",
                true,
                "from",
                "2016-01-01",
                "decision",
                Map.of("meeting", "示例会议", "date", "2015-12-20"));
    }

    static Map<String, Object> duty(String person, String unit) {
        return with("personId", person, "unitId", unit, "duty", "分管业务", "isBusiness", true, "from", "2016-01-01");
    }

    /** A map that keeps its order and may be changed; names and values by turns. */
    static Map<String, Object> with(Object... namesAndValues) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            body.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return body;
    }

    /** The same with one field more, or another value of it. */
    static Map<String, Object> and(Map<String, Object> body, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(body);
        more.put(name, value);
        return more;
    }
}
