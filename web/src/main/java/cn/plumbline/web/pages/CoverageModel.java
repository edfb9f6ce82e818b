package cn.plumbline.web.pages;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.UnitCategory;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The coverage map as the page shows it: the view's answer in the words of a language. Pure. */
final class CoverageModel {

    private CoverageModel() {}

    /**
     * The map of a day.
     *
     * @param rate with its per cent sign, a dash when there is no base
     * @param blind how many blind spots there are
     * @param units those on this page
     * @param blindSpots those on this page
     * @param compared the differences to another day, null when none was asked for
     */
    public record Map(
            int total,
            int covered,
            String rate,
            CoverageMatrix matrix,
            List<Kind> byKind,
            int blind,
            Slice<Covered> units,
            Slice<Blind> blindSpots,
            @Nullable List<Difference> compared) {}

    /** How many units are covered in one way. */
    public record Kind(String kind, String label, int groups, int units, String average) {}

    /** A covered unit; the link leads to what covers it, where that has a page. */
    public record Covered(
            String id,
            String name,
            String category,
            String kind,
            @Nullable String groupLink,
            String groupName,
            String role,
            String from) {}

    /** A unit without coverage. */
    public record Blind(String id, String name, String category, String since) {}

    /** A kind of difference to another day, with its units. */
    public record Difference(String name, List<Unit> units) {}

    /** A unit by name. */
    public record Unit(String id, String name) {}

    /**
     * What the page shows of a view's answer.
     *
     * @param unitsAfter the id that the slice of covered units comes after, empty for the beginning
     * @param blindAfter the same for the blind spots
     */
    static Map of(JsonNode answer, String unitsAfter, String blindAfter, Texts texts) {
        return new Map(
                answer.path("total").asInt(0),
                answer.path("covered").asInt(0),
                rate(answer.path("rate")),
                CoverageMatrix.of(answer, texts),
                kinds(answer.path("byKind"), texts),
                answer.path("blindSpots").size(),
                Slice.after(unitsAfter, covered(answer.path("units"), texts), Covered::id),
                Slice.after(blindAfter, blind(answer.path("blindSpots"), texts), Blind::id),
                answer.has("newlyCovered") ? compared(answer) : null);
    }

    private static String rate(JsonNode rate) {
        return rate.isNumber() ? decimals(rate) + "%" : "—";
    }

    private static String decimals(JsonNode number) {
        return number.isNumber() ? new BigDecimal(number.asString()).setScale(2).toPlainString() : "—";
    }

    private static List<Kind> kinds(JsonNode rows, Texts texts) {
        List<Kind> kinds = new ArrayList<>();
        rows.forEach(row -> kinds.add(new Kind(
                text(row, "kind"),
                texts.label(CoverageKind.class, text(row, "kind")),
                row.path("groups").asInt(0),
                row.path("units").asInt(0),
                decimals(row.path("averageUnits")))));
        return kinds;
    }

    private static List<Covered> covered(JsonNode rows, Texts texts) {
        List<Covered> units = new ArrayList<>();
        rows.forEach(row -> units.add(new Covered(
                text(row, "unitId"),
                text(row, "name"),
                texts.label(UnitCategory.class, text(row, "category")),
                texts.label(CoverageKind.class, text(row, "kind")),
                link(row),
                row.path("groupName").asString("—"),
                texts.label(CoverageRole.class, text(row, "role")),
                text(row, "from"))));
        return units;
    }

    private static @Nullable String link(JsonNode row) {
        if (row.has("groupId")) {
            return "/groups/" + encoded(text(row, "groupId"));
        }
        return row.has("committeeId") ? "/records/" + encoded("committee:" + text(row, "committeeId")) : null;
    }

    private static List<Blind> blind(JsonNode rows, Texts texts) {
        List<Blind> units = new ArrayList<>();
        rows.forEach(row -> units.add(new Blind(
                text(row, "unitId"),
                text(row, "name"),
                texts.label(UnitCategory.class, text(row, "category")),
                text(row, "since"))));
        return units;
    }

    private static List<Difference> compared(JsonNode answer) {
        List<Difference> differences = new ArrayList<>();
        for (String name : List.of("newlyCovered", "movedFromLegacy", "lapsed")) {
            List<Unit> units = new ArrayList<>();
            answer.path(name).forEach(row -> units.add(new Unit(text(row, "unitId"), text(row, "name"))));
            differences.add(new Difference(name, units));
        }
        return differences;
    }

    static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
