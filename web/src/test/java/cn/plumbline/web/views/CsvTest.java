package cn.plumbline.web.views;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.events.Title;
import cn.plumbline.query.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

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

    private static String rows(Line... lines) {
        return table(lines).substring(table().length());
    }

    private static String table(Line... lines) {
        return new String(Csv.table(Line.class, List.of(lines)), StandardCharsets.UTF_8);
    }
}
