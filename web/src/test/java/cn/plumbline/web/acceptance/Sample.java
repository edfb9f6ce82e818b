package cn.plumbline.web.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/** The lines of the sample, for those who send it themselves. */
final class Sample {

    private Sample() {}

    static String text() {
        try {
            return new ClassPathResource("samples/" + SharedHouse.SAMPLE + ".ndjson")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines() {
        return text().lines().toList();
    }
}
