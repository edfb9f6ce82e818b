package cn.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Figures of several rounds by row and column; shows the medians. */
final class Table {

    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final String title;
    private final String corner;

    Table(String title, String corner) {
        this.title = title;
        this.corner = corner;
    }

    void add(String row, String column, double figure) {
        columns.add(column);
        figures.computeIfAbsent(row, r -> new LinkedHashMap<>())
                .computeIfAbsent(column, c -> new ArrayList<>())
                .add(figure);
    }

    /** The median of a cell; NaN when it is empty. */
    double median(String row, String column) {
        double[] sorted = figures.getOrDefault(row, Map.of()).getOrDefault(column, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    /** How often one row's median holds another's; NaN when one is missing. */
    double ratio(String row, String other, String column) {
        return median(row, column) / median(other, column);
    }

    /** The table in Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder("### " + title + "\n\n| " + corner + " |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        for (String row : figures.keySet()) {
            appendRow(text, row, column -> number(median(row, column)));
        }
        return text.append('\n').toString();
    }

    /** A table of one row's medians through the others'. */
    String ratios(String row) {
        StringBuilder text = new StringBuilder("| " + row + " / … |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        for (String other : figures.keySet()) {
            if (!other.equals(row)) {
                appendRow(text, other, column -> number(ratio(row, other, column)));
            }
        }
        return text.append('\n').toString();
    }

    private interface Cell {
        String of(String column);
    }

    private void appendRow(StringBuilder text, String row, Cell cell) {
        text.append("| ").append(row).append(" |");
        for (String column : columns) {
            text.append(' ').append(cell.of(column)).append(" |");
        }
        text.append('\n');
    }

    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}
