package cn.plumbline.events;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of an earlier event. Nothing is ever edited: a correction or a void is an event of its own, carries all
 * tags of its target, and is applied by {@link Corrections} before anything is folded (更正与作废).
 */
@Context(value = "record", zh = "更正与作废", en = "Corrections")
public sealed interface CorrectionEvent extends DomainEvent {

    /** The id of the event that this is about. */
    String targetEventId();

    /** The position of that event, from 1. */
    long targetPosition();

    /** The type of that event, such as {@code dispatch.UnitCoverageStarted}. */
    String targetType();

    /** Why. */
    String reason();

    /** The tags of the target, and those that it has by the correction. */
    List<Tag> targetTags();

    @Override
    default Set<Tag> compositeTags() {
        return Set.copyOf(targetTags());
    }

    /** Some fields of an earlier event were wrong; from here on it counts with these. */
    @Title(zh = "更正", en = "Record corrected")
    record RecordCorrected(
            @Title(zh = "被更正记录", en = "Target event") String targetEventId,
            @Title(zh = "被更正位置", en = "Target position") long targetPosition,
            @Title(zh = "被更正类型", en = "Target type") String targetType,
            @Title(zh = "标签", en = "Tags") List<Tag> targetTags,
            @Title(zh = "更正内容", en = "Changes") List<Change> changes,
            @Title(zh = "理由", en = "Reason") String reason)
            implements CorrectionEvent {}

    /** An earlier event never held; its own effects, and only these, fall away. */
    @Title(zh = "作废", en = "Record voided")
    record RecordVoided(
            @Title(zh = "作废记录", en = "Target event") String targetEventId,
            @Title(zh = "作废位置", en = "Target position") long targetPosition,
            @Title(zh = "作废类型", en = "Target type") String targetType,
            @Title(zh = "标签", en = "Tags") List<Tag> targetTags,
            @Title(zh = "理由", en = "Reason") String reason)
            implements CorrectionEvent {}

    /**
     * One corrected field.
     *
     * @param field the name of the payload's field
     * @param old its value until now; JSON null when it was absent
     * @param new_ its value from now on; JSON null takes it away
     */
    record Change(
            @Title(zh = "字段", en = "Field") String field,
            @Title(zh = "原值", en = "Old") @Nullable JsonNode old,

            @Title(zh = "新值", en = "New") @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable
            JsonNode new_) {}
}
