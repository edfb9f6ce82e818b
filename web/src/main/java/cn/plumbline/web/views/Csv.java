package cn.plumbline.web.views;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Title;
import cn.plumbline.query.Row;
import cn.plumbline.web.problems.Message;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rows as a table by RFC 4180, in UTF-8 with the mark that spreadsheets need to see it. Text that a spreadsheet would
 * take for a formula gets an apostrophe in front.
 */
final class Csv {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    /**
     * The table of some rows, whose columns are the components of the row's record.
     *
     * @param language of the titles in the first line; values are codes in every language, for the programs that read
     *     them, and have their words in the view's schema
     */
    static byte[] table(Class<? extends Record> rowType, List<? extends Row> rows, Locale language) {
        StringBuilder csv = new StringBuilder().append(BYTE_ORDER_MARK);
        RecordComponent[] columns = rowType.getRecordComponents();
        line(csv, Arrays.stream(columns).map(column -> title(column, language)).toList());
        for (Row row : rows) {
            JsonNode values = EventJson.mapper().valueToTree(row);
            List<String> cells = new ArrayList<>();
            for (RecordComponent column : columns) {
                cells.add(cell(values.get(column.getName())));
            }
            line(csv, cells);
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String title(RecordComponent column, Locale language) {
        Title title = column.getAnnotation(Title.class);
        return title == null ? column.getName() : new Message(title.zh(), title.en()).in(language);
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isNumber() || value.isBoolean() ? value.asString() : safe(text(value));
    }

    /**
     * What stands in a cell: of a list its elements, of an object its values, with the names of those that are lists or
     * objects themselves. Each element by itself is no formula, since some spreadsheets part cells at semicolons.
     */
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(element -> safe(text(element))).collect(Collectors.joining("; "));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .map(field -> field.getValue().isValueNode()
                            ? field.getValue().asString()
                            : field.getKey() + ": " + text(field.getValue()))
                    .collect(Collectors.joining(" "));
        }
        return value.asString();
    }

    /** A number below zero is not a formula, and is not asked here. */
    private static String safe(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(each -> each == ',' || each == '"' || each == '\r' || each == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
