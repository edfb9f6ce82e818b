package cn.plumbline.web.views;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Title;
import cn.plumbline.query.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    record Part(String id, @Nullable String name, List<Integer> years) {}

    record Nested(Part part, List<Part> parts, Map<String, List<Part>> byKind) implements Row {

        @Override
        public String key() {
            return part.id();
        }
    }

    record Line(
            String key,

            @Title(zh = "单位", en = "Unit") @Nullable String name,

            @Nullable LocalDate since,
            @Nullable BigDecimal change,
            List<String> aliases)
            implements Row {}

    @Test
    void beginsWithTheMarkAndTheTitles() {
        assertThat(table()).isEqualTo("\uFEFFkey,单位,since,change,aliases\r\n");
    }

    @Test
    void hasItsTitlesInTheLanguageThatIsAskedFor() {
        byte[] english = Csv.table(Line.class, List.of(), Locale.ENGLISH);
        assertThat(new String(english, StandardCharsets.UTF_8)).isEqualTo("\uFEFFkey,Unit,since,change,aliases\r\n");
    }

    @Test
    void isUtf8WithTheMarkInFront() {
        assertThat(Csv.table(Line.class, List.of(), Locale.CHINESE))
                .startsWith(0xEF, 0xBB, 0xBF, 'k', 'e', 'y', ',', 0xE5, 0x8D, 0x95, 0xE4, 0xBD, 0x8D, ',');
    }

    @Test
    void writesTheValuesOfObjects() {
        Part part = new Part("1", "发改委", List.of(2015, 2016));
        Part nameless = new Part("2", null, List.of());
        byte[] table = Csv.table(
                Nested.class,
                List.of(new Nested(part, List.of(part, nameless), Map.of("HEAD", List.of(nameless)))),
                Locale.CHINESE);
        assertThat(new String(table, StandardCharsets.UTF_8))
                .endsWith("\r\n1 发改委 years: 2015; 2016,1 发改委 years: 2015; 2016; 2 years: ,HEAD: 2 years: \r\n");
    }

    @Test
    void writesValuesAsTheyAre() {
        assertThat(rows(new Line("1", "发改委", LocalDate.of(2015, 11, 13), new BigDecimal("-1.50"), List.of("a", "b"))))
                .isEqualTo("1,发改委,2015-11-13,-1.50,a; b\r\n");
    }

    @Test
    void leavesOutWhatIsAbsent() {
        assertThat(rows(new Line("1", null, null, null, List.of()))).isEqualTo("1,,,,\r\n");
    }

    @Test
    void quotesWhatWouldEndTheCell() {
        assertThat(rows(new Line("1", "a,\"b\"\r\nc", null, null, List.of())))
                .isEqualTo("1,\"a,\"\"b\"\"\r\nc\",,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1", "－1"})
    void takesTheFormulaOutOfText(String text) {
        assertThat(rows(new Line("1", text, null, null, List.of(text))))
                .isEqualTo("1,'" + text + ",,,'" + text + "\r\n");
    }

    @Test
    void takesTheFormulaOutOfEveryElement() {
        assertThat(rows(new Line("1", null, null, null, List.of("a", "=1+1", "-2"))))
                .isEqualTo("1,,,,a; '=1+1; '-2\r\n");
    }

    private static String rows(Line... lines) {
        return table(lines).substring(table().length());
    }

    private static String table(Line... lines) {
        return new String(Csv.table(Line.class, List.of(lines), Locale.SIMPLIFIED_CHINESE), StandardCharsets.UTF_8);
    }
}
