package cn.plumbline.web.pages;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** At which field of a form a rejection belongs. Pure. */
final class RejectionFields {

    private static final List<String> UNITS = List.of("unitIds", "unitId", "residentUnitId", "into");

    /** Candidates by code, the first that the form has. */
    private static final Map<String, List<String>> BY_CODE = Map.ofEntries(
            entry("UNIT_NOT_FOUND", UNITS),
            entry("UNIT_INACTIVE", UNITS),
            entry("UNIT_NAME_DUPLICATE", List.of("name")),
            entry("PARENT_NOT_FOUND", List.of("parentUnitId", "parentOrganId")),
            entry("UNIT_STILL_COVERED", List.of("on", "unitId")),
            entry("BASE_OVERLAP", List.of("effectiveFrom")),
            entry("LEVEL_MISMATCH", UNITS),
            entry("AS_OF_IN_FUTURE", List.of("asOf")),
            entry("UNIT_ALREADY_COVERED", UNITS),
            entry("STANDALONE_ONE_UNIT", List.of("unitIds", "toGroupId", "groupId")),
            entry("GROUPED_NEEDS_TWO_UNITS", List.of("unitIds")),
            entry("NAME_DUPLICATE", List.of("name")),
            entry("NAME_NOT_STANDARD", List.of("name", "plaqueName")),
            entry("TITLE_NOT_STANDARD", List.of("title", "titles")),
            entry("EFFECTIVE_BEFORE_BASIS_DOC", List.of("effectiveFrom")),
            entry("BASIS_REQUIRED", List.of("basis")),
            entry("NOT_COVERED_BY_SOURCE", List.of("fromGroupId", "groupId")),
            entry("DATE_BEFORE_LAST_CHANGE", List.of("effectiveFrom", "effectiveTo", "on", "to")),
            entry("COVERAGE_WOULD_LAPSE", List.of("acknowledgeBlindSpot")),
            entry("GROUP_ALREADY_REVOKED", List.of("groupId")),
            entry("GROUP_NOT_ACTIVE", List.of("groupId", "toGroupId")),
            entry("GROUP_NOT_FOUND", List.of("groupId", "fromGroupId", "toGroupId")),
            entry("PLAQUE_ALREADY_ATTACHED", List.of("committeeId")),
            entry("GROUP_ALREADY_HAS_HEAD", List.of("title")),
            entry("PERSON_HEADS_ANOTHER_GROUP", List.of("personId")),
            entry("CONCURRENT_POST_REQUIRED", List.of("concurrentPost")),
            entry("HEAD_HAS_BUSINESS_DUTY", List.of("isBusiness")),
            entry("MEMBER_NOT_IN_GROUP", List.of("personId")),
            entry("NOT_A_DEPUTY", List.of("deputyId")),
            entry("ROTATION_SLOT_TAKEN", List.of("quarter")),
            entry("QUARTER_IN_PAST", List.of("quarter")),
            entry("APPRAISAL_DUPLICATE", List.of("year")),
            entry("ID_ALREADY_USED", List.of("groupId", "unitId", "committeeId", "venueId", "organId", "catalogueId")),
            entry("ORGAN_NOT_FOUND", List.of("organId")),
            entry("CATALOGUE_NOT_FOUND", List.of("catalogueId")),
            entry("UNIT_ALREADY_IN_BASE", List.of("unitId")),
            entry("UNIT_NOT_IN_BASE", List.of("unitId")),
            entry("APPROVAL_MISSING", List.of("approval")),
            entry("APPROVAL_LEVEL_TOO_LOW", List.of("approval.level", "approval")),
            entry("PROPOSER_IS_APPROVER", List.of("approval.approverId", "approval")),
            entry("CORRECTION_REASON_REQUIRED", List.of("reason")),
            entry("TARGET_EVENT_NOT_FOUND", List.of("targetEventId")),
            entry("ALREADY_VOIDED", List.of("targetEventId")),
            entry("CORRECTOR_IS_AUTHOR", List.of("targetEventId")),
            entry("CORRECTION_BREAKS_LATER_RECORDS", List.of("changes", "targetEventId")),
            entry("CLASSIFIED_CONTENT_NOT_ALLOWED", List.of("classification")));

    private RejectionFields() {}

    /**
     * The name of the field, null when the rejection is about the whole.
     *
     * @param data of the rejection
     * @param values what the form holds
     */
    static @Nullable String field(String code, Map<?, ?> data, JsonNode values) {
        if (data.get("pointer") instanceof String pointer) {
            return Refusal.name(pointer);
        }
        if (data.get("field") instanceof String field) {
            // Of a correction, the field is one of the event's.
            return code.equals("FIELD_NOT_CORRECTABLE") ? "changes." + field : field;
        }
        List<String> candidates = BY_CODE.getOrDefault(code, List.of());
        String byValue = withValue(candidates, data, values);
        return byValue != null ? byValue : firstOf(candidates, values);
    }

    /** The field that holds the very id of which the rejection speaks. */
    private static @Nullable String withValue(List<String> candidates, Map<?, ?> data, JsonNode values) {
        for (String name : candidates) {
            JsonNode value = values.path(name);
            for (int row = 0; row < (value.isArray() ? value.size() : 0); row++) {
                if (data.containsValue(value.path(row).asString(""))) {
                    return name + "[" + row + "]";
                }
            }
            if (value.isString() && data.containsValue(value.asString())) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable String firstOf(List<String> candidates, JsonNode values) {
        return candidates.stream()
                .filter(name -> values.has(name.contains(".") ? name.substring(0, name.indexOf('.')) : name))
                .findFirst()
                .orElse(candidates.isEmpty() ? null : candidates.getFirst());
    }
}
