package cn.plumbline.events;

import cn.plumbline.events.CorrectionEvent.Change;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies corrections and voids before anything is folded, so that no fold ever has to know of them: a corrected event
 * stays at its place with its new fields, a voided one is gone. Pure.
 */
public final class Corrections {

    private Corrections() {}

    /**
     * What remains of a history.
     *
     * @param history events in the order of their positions, corrections and voids among them
     * @return the same events without corrections and voids, corrected, in the same order; a correction whose target is
     *     not in the history is left out
     */
    public static List<Recorded<? extends DomainEvent>> effective(List<Recorded<? extends DomainEvent>> history) {
        Map<Long, List<CorrectionEvent>> byTarget = new HashMap<>();
        for (Recorded<? extends DomainEvent> recorded : history) {
            if (recorded.event() instanceof CorrectionEvent correction) {
                byTarget.computeIfAbsent(correction.targetPosition(), p -> new ArrayList<>())
                        .add(correction);
            }
        }
        List<Recorded<? extends DomainEvent>> effective = new ArrayList<>(history.size());
        for (Recorded<? extends DomainEvent> recorded : history) {
            if (recorded.event() instanceof CorrectionEvent) {
                continue;
            }
            List<CorrectionEvent> corrections = byTarget.getOrDefault(recorded.position(), List.of());
            if (corrections.stream().noneMatch(RecordVoided.class::isInstance)) {
                effective.add(corrections.isEmpty() ? recorded : corrected(recorded, corrections));
            }
        }
        return effective;
    }

    /** The event with the new values of a correction's changes. */
    public static DomainEvent apply(DomainEvent event, List<Change> changes) {
        ObjectNode tree = EventJson.mapper().valueToTree(event);
        for (Change change : changes) {
            if (change.new_() == null || change.new_().isNull()) {
                tree.remove(change.field());
            } else {
                tree.set(change.field(), change.new_());
            }
        }
        return EventJson.mapper().treeToValue(tree, event.getClass());
    }

    private static Recorded<? extends DomainEvent> corrected(
            Recorded<? extends DomainEvent> recorded, List<CorrectionEvent> corrections) {
        DomainEvent event = recorded.event();
        for (CorrectionEvent correction : corrections) {
            if (correction instanceof RecordCorrected corrected) {
                event = apply(event, corrected.changes());
            }
        }
        return recorded.with(event);
    }
}
