package cn.plumbline.command.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "自治区纪委[派]驻*纪检组, 自治区纪委驻发改委纪检组, true",
        "自治区纪委[派]驻*纪检组, 自治区纪委派驻发改委纪检组, true",
        "自治区纪委[派]驻*纪检组, 自治区纪委驻纪检组, false",
        "自治区纪委[派]驻*纪检组, 驻某厅监察处, false",
        "自治区纪委[派]驻*纪检组, 自治区纪委驻发改委纪检组组, false",
        "a[b][c]d, ad, true",
        "a[b][c]d, acd, true",
        "a[b][c]d, acbd, false",
        "[甲]*, 甲, true",
        "**, 甲, false",
        "**, 甲乙, true",
        "甲.乙, 甲x乙, false",
        "𠀀*, 𠀀𠀁, true"
    })
    void matchesWholeNames(String pattern, String name, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "]", "a[b", "a]b", "[]", "[[a]]", "a[b[c]]"})
    void refusesWhatIsNoPattern(String text) {
        assertThat(NamePattern.isPattern(text)).isFalse();
        assertThatThrownBy(() -> NamePattern.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreesWithRegularExpressions() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder regex = new StringBuilder();
            for (int step = 0; step <= random.nextInt(6); step++) {
                char literal = (char) ('a' + random.nextInt(2));
                switch (random.nextInt(3)) {
                    case 0 -> {
                        pattern.append('*');
                        regex.append(".+");
                    }
                    case 1 -> {
                        pattern.append('[').append(literal).append(']');
                        regex.append("(?:").append(literal).append(")?");
                    }
                    default -> {
                        pattern.append(literal);
                        regex.append(literal);
                    }
                }
            }
            StringBuilder name = new StringBuilder();
            for (int c = 0; c <= random.nextInt(7); c++) {
                name.append((char) ('a' + random.nextInt(2)));
            }
            assertThat(NamePattern.of(pattern.toString()).matches(name.toString()))
                    .as("seed %d: %s on %s", seed, pattern, name)
                    .isEqualTo(Pattern.matches(regex.toString(), name));
        }
    }

    @Test
    void noPatternMakesItExplode() {
        String pattern = "*a".repeat(1_000) + "b";
        assertThat(NamePattern.of(pattern).matches("a".repeat(4_000))).isFalse();
    }
}
