package cn.plumbline.command;

import cn.plumbline.events.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What became of a command. */
public sealed interface Outcome {

    /**
     * It is recorded, durably.
     *
     * @param position of its last event; the journal's head when there was nothing to do
     * @param ids the ids of what it created, by field
     * @param events in order; empty when there was nothing to do
     * @param replayed whether it had been recorded before, and this is the first answer again
     */
    record Accepted(
            String commandId,
            long position,
            Instant recordedAt,
            Map<String, String> ids,
            List<RecordedEvent> events,
            boolean replayed)
            implements Outcome {}

    /** The rules refuse it; all rejections that hold, sorted by {@link Rejection#order()}. */
    record Rejected(String commandId, List<Rejection> rejections) implements Outcome {}

    /** The body is not what the command's schema says; nothing was decided. */
    record Invalid(String commandId, List<FieldError> errors) implements Outcome {}

    /** The idempotency key belongs to another command, body or actor. */
    record KeyReused(String commandId) implements Outcome {}

    /** Something on which the decision depends is newer than the caller's position. */
    record PreconditionFailed(String commandId, long position) implements Outcome {}

    /** Others changed the same records again and again; the caller may try once more. */
    record Conflict(String commandId) implements Outcome {}

    /** An event that the journal took. */
    record RecordedEvent(String id, String type, long position) {}
}
