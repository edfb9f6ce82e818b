package cn.plumbline.query;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Approval;
import cn.plumbline.events.BasisDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All that was ever recorded of one record, in order; nothing is left out because it was corrected or voided.
 *
 * @param record the record's tag, such as {@code unit:002}
 * @param position up to which events were looked at
 * @param entries one per event
 */
public record RecordHistory(String record, long position, List<Entry> entries) {

    /** A text in both languages. */
    public record Label(String zh, String en) {}

    /**
     * One event.
     *
     * @param type such as {@code dispatch.UnitCoverageStarted}
     * @param action what was done, in words
     * @param changes the fields that it changed, as they were recorded then
     * @param subject other ids in the event, such as the unit in a group's history, as tags
     * @param reason why, where the event says so
     * @param target the position of the event that this one corrects or voids
     * @param became what later events made of this one; empty when it holds as it was recorded
     * @param voided whether it has been voided
     */
    public record Entry(
            long position,
            Instant recordedAt,
            String id,
            String type,
            Label action,
            Actor actor,
            LocalDate occurredOn,
            String commandId,
            String commandName,
            List<Change> changes,
            List<String> subject,
            @Nullable String reason,
            List<BasisDocument> basis,
            @Nullable Approval approval,
            @Nullable Long target,
            List<Later> became,
            boolean voided) {}

    /**
     * A field before and after an event; absent values are null.
     *
     * @param field the field's name in the payload
     * @param title what people call it
     * @param beforeLabel the value's name when it is of a code list
     * @param afterLabel the same for the value after
     */
    public record Change(
            String field,
            Label title,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable Label beforeLabel,
            @Nullable Label afterLabel) {}

    /**
     * What a later event did to an event.
     *
     * @param position of the correction or void
     * @param type such as {@code record.RecordVoided}
     * @param changes the corrected fields; empty for a void
     */
    public record Later(
            long position,
            Instant recordedAt,
            String type,
            Label action,
            Actor actor,
            @Nullable String reason,
            List<Change> changes) {}
}
