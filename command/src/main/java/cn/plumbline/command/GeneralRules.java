package cn.plumbline.command;

import cn.plumbline.events.Classification;
import cn.plumbline.events.GeneralRejection.ClassifiedContentNotAllowed;
import cn.plumbline.events.GeneralRejection.EventTooLarge;
import cn.plumbline.events.GeneralRejection.PiiInEvent;
import cn.plumbline.events.Rejection;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules on the body alone that hold for every command. */
final class GeneralRules {

    /** The largest body, as canonical JSON; what a group over 2,000 units needs with the longest ids fits. */
    static final int BODY_BYTES_MAX = 512 * 1024;

    /** Codes that exist to keep content out: what they refuse is kept nowhere, not even as a hash. */
    static final Set<String> CONTENT_KEPT_OUT = Set.of(
            "CLASSIFIED_CONTENT_NOT_ALLOWED",
            "PII_IN_EVENT",
            "REPORTER_TRACE_FORBIDDEN",
            "BELONGS_TO_SUPERIOR_DO_NOT_RECORD",
            "CONCERNS_OWN_HEAD_DO_NOT_RECORD");

    private static final Set<String> CODES_OF_ALL =
            Set.of("CLASSIFIED_CONTENT_NOT_ALLOWED", "PII_IN_EVENT", "EVENT_TOO_LARGE");

    /** Mainland identity card numbers, of 18 and of 15 digits, standing alone. */
    private static final String IDENTITY_CARD =
            "[1-9]\\d{5}(?:(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])"
                    + "\\d{3}[\\dXx]|\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3})";

    /** Mainland mobile numbers, with or without the country's prefix and separators. */
    private static final String MOBILE = "(?:(?:\\+|00)?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}";

    private static final Pattern PERSONAL =
            Pattern.compile("(?<![0-9A-Za-z])(?:" + IDENTITY_CARD + "|" + MOBILE + ")(?![0-9A-Za-z])");

    private GeneralRules() {}

    /** The codes with those of every command, sorted. */
    static List<String> withCodes(String... own) {
        Set<String> codes = new TreeSet<>(CODES_OF_ALL);
        codes.addAll(Arrays.asList(own));
        return List.copyOf(codes);
    }

    /** What refuses the body, whatever the command. */
    static List<Rejection> check(ObjectNode body, long canonicalBytes) {
        List<Rejection> rejections = new ArrayList<>();
        if (classification(body).isEmpty()) {
            rejections.add(new ClassifiedContentNotAllowed());
        }
        personal(body, "").ifPresent(pointer -> rejections.add(new PiiInEvent(pointer)));
        if (canonicalBytes > BODY_BYTES_MAX) {
            rejections.add(new EventTooLarge(canonicalBytes, BODY_BYTES_MAX));
        }
        return rejections;
    }

    /** The body's classification, INTERNAL when it says none; empty when it is none that may be here. */
    static Optional<Classification> classification(ObjectNode body) {
        @Nullable JsonNode given = body.get("classification");
        if (given == null
                || given.isNull()
                || (given.isString() && given.asString().isBlank())) {
            return Optional.of(Classification.INTERNAL);
        }
        String text = given.asString("");
        return Arrays.stream(Classification.values())
                .filter(value -> value.name().equals(text) || value.zh().equals(text))
                .findFirst();
    }

    /** Where the first text with personal data stands. */
    private static Optional<String> personal(JsonNode node, String pointer) {
        if (node.isString()) {
            String text = Normalizer.normalize(node.asString(), Normalizer.Form.NFKC);
            return PERSONAL.matcher(text).find() ? Optional.of(pointer) : Optional.empty();
        }
        if (node.isObject()) {
            for (var field : node.properties()) {
                Optional<String> found = personal(
                        field.getValue(),
                        pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<String> found = personal(node.get(i), pointer + "/" + i);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
