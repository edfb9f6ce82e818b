package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text exists in both languages, and everything that a template says exists. */
class TextsTest {

    private static final Pattern KEY = Pattern.compile("#\\{([a-z][a-zA-Z.]*)[(}]");

    private static Set<String> keys(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStreamReader in = new InputStreamReader(
                TextsTest.class.getResourceAsStream("/messages/" + file), StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        assertThat(keys("pages_en.properties")).isEqualTo(keys("pages.properties"));
    }

    @Test
    void templatesUseOnlyKeysThatExist() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                Matcher key = KEY.matcher(Files.readString(template));
                while (key.find()) {
                    used.add(key.group(1));
                }
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(keys("pages.properties")).containsAll(used);
    }
}
