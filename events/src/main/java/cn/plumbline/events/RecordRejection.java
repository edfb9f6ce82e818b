package cn.plumbline.events;

import static cn.plumbline.events.Rejection.Order.COMMAND;
import static cn.plumbline.events.Rejection.Order.EXISTENCE;
import static cn.plumbline.events.Rejection.Order.INTERVALS;
import static cn.plumbline.events.Rejection.Order.LIFE_CYCLE;

import java.util.List;

/** Rejections of corrections and voids. */
public sealed interface RecordRejection extends Rejection {

    /** A correction says why. */
    @Told(COMMAND)
    record CorrectionReasonRequired() implements RecordRejection {}

    /** No event of this id. */
    @Told(EXISTENCE)
    record TargetEventNotFound(String targetEventId) implements RecordRejection {}

    /** The event was voided before. */
    @Told(LIFE_CYCLE)
    record AlreadyVoided(String targetEventId, long voidedAt) implements RecordRejection {}

    /** Whoever recorded an event, or corrected it last, does not correct it. */
    @Told(LIFE_CYCLE)
    record CorrectorIsAuthor(String authorId) implements RecordRejection {}

    /** The field cannot be corrected, or not to this value. */
    @Told(LIFE_CYCLE)
    record FieldNotCorrectable(String field, Why why) implements RecordRejection {

        /** What forbids it. */
        public enum Why {
            /** The field is an id, or a list of ids. */
            ID,
            /** The event has no such field. */
            UNKNOWN,
            /** The value is not one of the field's. */
            VALUE
        }

        @Override
        public String tellingCase() {
            return why.name();
        }
    }

    /** These records would be illegal on the corrected facts. */
    @Told(INTERVALS)
    record CorrectionBreaksLaterRecords(List<Long> positions) implements RecordRejection {}
}
