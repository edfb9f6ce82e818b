package cn.plumbline.web.views;

import cn.plumbline.events.EventJson;
import cn.plumbline.events.Title;
import cn.plumbline.query.Row;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** The table of some rows, with a line of titles, whose columns are the components of the row's record. */
    static byte[] table(Class<? extends Record> rowType, List<? extends Row> rows) {
        StringBuilder csv = new StringBuilder().append(BYTE_ORDER_MARK);
        RecordComponent[] columns = rowType.getRecordComponents();
        line(csv, Arrays.stream(columns).map(Csv::title).toList());
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

    private static String title(RecordComponent column) {
        Title title = column.getAnnotation(Title.class);
        return title == null ? column.getName() : title.zh();
    }

    private static void line(StringBuilder csv, List<String> cells) {
        csv.append(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return safe(value.valueStream().map(Csv::plain).collect(Collectors.joining("; ")));
        }
        return value.isString() || value.isObject() ? safe(plain(value)) : plain(value);
    }

    private static String plain(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
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
