package cn.plumbline.web.commands;

import cn.plumbline.events.EventJson;
import cn.plumbline.web.problems.FieldProblem;
import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a client sent: UTF-8, one JSON object, no field twice, of bounded depth; anything else is a 400. */
final class StrictJson {

    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_CHARS_MAX = 40;
    private static final int BAD_REQUEST = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_CHARS_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    static ObjectNode object(byte[] utf8) {
        String text = text(utf8);
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw notJson(e.getLocation());
        }
        if (node instanceof ObjectNode object) {
            // The product's own mapper makes the nodes from here on.
            return EventJson.mapper().createObjectNode().setAll(object);
        }
        throw malformed("请求体须为一个 JSON 对象", "The body must be one JSON object");
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("不是合法的 UTF-8", "Not UTF-8");
        }
    }

    private static ProblemException malformed(String zh, String en) {
        return ProblemException.of(BAD_REQUEST, "MALFORMED_JSON")
                .detail(zh, en)
                .errors(List.of(new FieldProblem("", "MALFORMED_JSON", new Message(zh, en))));
    }

    /** Says where; what the parser says besides is about its own settings. */
    private static ProblemException notJson(@Nullable TokenStreamLocation place) {
        return place == null
                ? malformed("不是合法的 JSON", "Not JSON")
                : malformed(
                        "不是合法的 JSON：第 %d 行第 %d 列".formatted(place.getLineNr(), place.getColumnNr()),
                        "Not JSON: line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
    }
}
