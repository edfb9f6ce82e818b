package cn.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of several rounds by row and column; shows the medians. */
final class Table {

    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final String title;
    private final String corner;

    Table(String title, String corner) {
        this.title = title;
        this.corner = corner;
    }

    void add(String row, String column, double figure) {
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

    /** The table in Markdown, with a line of ratios of the first row to each other row. */
    String markdown() {
        List<String> columns = List.copyOf(figures.values().iterator().next().keySet());
        StringBuilder text = new StringBuilder("### " + title + "\n\n| " + corner + " |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        String first = figures.keySet().iterator().next();
        for (String row : figures.keySet()) {
            text.append("| ").append(row).append(" |");
            columns.forEach(column ->
                    text.append(' ').append(number(median(row, column))).append(" |"));
            text.append('\n');
        }
        for (String row : figures.keySet()) {
            if (!row.equals(first)) {
                text.append("| *").append(first).append(" / ").append(row).append("* |");
                columns.forEach(column -> text.append(
                        String.format(Locale.ROOT, " *%.2f* |", median(first, column) / median(row, column))));
                text.append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3f", value);
    }

    /** The median and a high percentile of some figures. */
    static double percentile(double[] figures, double share) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
    }
}
