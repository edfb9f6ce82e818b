package cn.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents hold together: decisions are numbered without gaps, and no link leads nowhere. */
class DocumentsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void decisionsAreNumberedFromOneWithoutGaps() throws IOException {
        List<String> numbers = new ArrayList<>();
        try (Stream<Path> decisions = Files.list(ROOT.resolve("docs/decisions"))) {
            decisions
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .forEach(name -> numbers.add(name.substring(0, 4)));
        }
        assertThat(numbers).isNotEmpty();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo("%04d".formatted(i + 1));
        }
    }

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        assertThat(documents).hasSizeGreaterThan(3);
        for (Path document : documents) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                String target = links.group(1);
                if (!target.startsWith("http")) {
                    assertThat(document.resolveSibling(target))
                            .as("%s in %s", target, document)
                            .exists();
                }
            }
        }
    }
}
