package cn.plumbline.web.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.yaml.snakeyaml.Yaml;

/** As much of the compose file as can be checked without running it: its names, its files, and our options in it. */
class ComposeFileTest {

    private static final Path DIRECTORY =
            Path.of("").toAbsolutePath().getParent().resolve("docs/compose");
    private static final Pattern OPTION = Pattern.compile("--(plumbline\\.[a-z.-]+)=(.*)");

    private final Map<String, Object> file = read();

    private static Map<String, Object> read() {
        try {
            return new Yaml().load(Files.readString(DIRECTORY.resolve("compose.yaml")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Map<String, Object> from, String name) {
        return (List<?>) from.getOrDefault(name, List.of());
    }

    private Map<String, Object> services() {
        return map(file.get("services"));
    }

    @Test
    void servicesDependOnServices() {
        assertThat(services()).hasSize(7);
        services()
                .forEach((name, service) -> assertThat(map(map(service).getOrDefault("depends_on", Map.of())))
                        .as(name)
                        .allSatisfy((other, condition) -> assertThat(services()).containsKey(other)));
    }

    @Test
    void secretsAndVolumesAreDeclaredAndFilesAreThere() {
        services().forEach((name, service) -> {
            for (Object secret : list(map(service), "secrets")) {
                Object source =
                        secret instanceof String text ? text : map(secret).get("source");
                assertThat(map(file.get("secrets"))).as(name).containsKey((String) source);
            }
            for (Object volume : list(map(service), "volumes")) {
                String source = ((String) volume).split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(DIRECTORY.resolve(source)).as(name).isRegularFile();
                } else {
                    assertThat(map(file.get("volumes"))).as(name).containsKey(source);
                }
            }
            if (map(service).get("build") instanceof String context) {
                assertThat(DIRECTORY.resolve(context).resolve("Dockerfile")).isRegularFile();
            }
        });
    }

    @Test
    void theNodesAreGivenOptionsThatThereAre() {
        Map<String, String> options = new HashMap<>();
        for (Object word : list(map(services().get("plumbline1")), "command")) {
            Matcher option = OPTION.matcher((String) word);
            if (option.matches()) {
                options.put(option.group(1), option.group(2));
            }
        }
        assertThat(options).hasSizeGreaterThan(3);
        PlumblineProperties properties = new Binder(new MapConfigurationPropertySource(options))
                .bind(
                        "plumbline",
                        Bindable.of(PlumblineProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
        assertThat(properties.proof().keyFile()).hasSize(1);
        assertThat(properties.mongodb().secretFile()).isNotNull();
    }
}
