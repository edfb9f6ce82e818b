package cn.plumbline.web.pages;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.UnitCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Units by category and kind of coverage, blind spots in the last column; only categories and kinds that occur.
 *
 * @param columns the labels of the kinds and, last, of the blind spots
 */
public record CoverageMatrix(List<String> columns, List<Row> rows) {

    /** How many shades a number of units may have. */
    private static final int SHADES = 5;

    private static final String BLIND = "BLIND";

    /** One category. */
    public record Row(String label, List<Cell> cells, int total) {}

    /**
     * A number of units.
     *
     * @param tone the class of its shade, empty for none
     */
    public record Cell(int units, String tone) {}

    static CoverageMatrix of(JsonNode answer, Texts texts) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>(CoverageMatrix::byDeclaration);
        Set<CoverageKind> kinds = new TreeSet<>();
        answer.path("units").forEach(unit -> {
            CoverageKind kind = CoverageKind.valueOf(unit.path("kind").asString());
            kinds.add(kind);
            count(counts, unit, kind.name());
        });
        answer.path("blindSpots").forEach(unit -> count(counts, unit, BLIND));
        int most = counts.values().stream()
                .flatMap(row -> row.values().stream())
                .max(Integer::compare)
                .orElse(1);
        List<String> columns = new ArrayList<>(kinds.stream().map(texts::label).toList());
        columns.add(texts.text("coverage.blind"));
        List<Row> rows = new ArrayList<>();
        counts.forEach((category, row) -> rows.add(row(texts.label(UnitCategory.class, category), row, kinds, most)));
        return new CoverageMatrix(columns, rows);
    }

    /** In the order of the code list; units without a category last. */
    private static int byDeclaration(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        return UnitCategory.valueOf(left).compareTo(UnitCategory.valueOf(right));
    }

    private static void count(Map<String, Map<String, Integer>> counts, JsonNode unit, String column) {
        counts.computeIfAbsent(unit.path("category").asString(""), category -> new TreeMap<>())
                .merge(column, 1, Integer::sum);
    }

    private static Row row(String label, Map<String, Integer> counts, Set<CoverageKind> kinds, int most) {
        List<Cell> cells = new ArrayList<>();
        kinds.forEach(kind -> cells.add(cell(counts.getOrDefault(kind.name(), 0), most, "heat-")));
        cells.add(cell(counts.getOrDefault(BLIND, 0), most, "blind-"));
        return new Row(
                label,
                Collections.unmodifiableList(cells),
                counts.values().stream().mapToInt(Integer::intValue).sum());
    }

    /** Shades grow with the square root, so that small numbers differ beside a large one. */
    private static Cell cell(int units, int most, String tone) {
        long shade = Math.round(Math.ceil(SHADES * Math.sqrt((double) units / most)));
        return new Cell(units, units == 0 ? "" : tone + shade);
    }
}
