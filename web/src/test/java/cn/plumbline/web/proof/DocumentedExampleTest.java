package cn.plumbline.web.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example in docs/verification.md is what its own text says. */
class DocumentedExampleTest {

    private static final Pattern BLOCK = Pattern.compile("```(?:json|text)\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void hasTheRecordTheEntryAndTheLeafThatItShows() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/verification.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(3);
        JsonNode event = new JsonMapper().readTree(blocks.get(0));
        byte[] salt = Base64.getDecoder().decode(event.path("salt").asString());

        String record = OutsideRecord.of(event);

        assertThat(record).isEqualTo(blocks.get(1));
        byte[] hash = OutsideVerifier.sha256(salt, record.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(blocks.get(2));
        assertThat(OutsideVerifier.leaf(salt, record))
                .isEqualTo(Base64.getDecoder().decode(event.path("leafhash").asString()));
    }
}
