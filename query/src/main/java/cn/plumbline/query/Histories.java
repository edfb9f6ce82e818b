package cn.plumbline.query;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.query.EventFields.Field;
import cn.plumbline.query.RecordHistory.Change;
import cn.plumbline.query.RecordHistory.Entry;
import cn.plumbline.query.RecordHistory.Later;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Tells the history of a record from its events. What an event changed is told against what the record was just before
 * it, as it was known then: a later correction changes nothing in what stands before it.
 */
final class Histories {

    /** Told as the entry's reason, not as a changed field. */
    private static final String REASON = "reason";

    /** Fields that repeat what the record said before. */
    private static final Set<String> REPEATING = Set.of("oldName", "fromGroupId");

    /** A field that continues another one. */
    private static final Map<String, String> CONTINUES = Map.of("toGroupId", "groupId");

    private final Tag record;
    private final List<Recorded<? extends DomainEvent>> history;
    private final Map<Long, List<Recorded<? extends DomainEvent>>> corrections;

    /** The fields of each aspect as they stand after the events looked at so far. */
    private Map<String, Map<String, JsonNode>> state = new HashMap<>();

    private Histories(Tag record, List<Recorded<? extends DomainEvent>> history) {
        this.record = record;
        this.history = history;
        this.corrections = history.stream()
                .filter(recorded -> recorded.event() instanceof CorrectionEvent)
                .collect(Collectors.groupingBy(recorded -> ((CorrectionEvent) recorded.event()).targetPosition()));
    }

    static Mono<RecordHistory> of(EventSource source, Tag record, OptionalLong knownAt) {
        long upTo = knownAt.orElseGet(source::head);
        return source.read(Set.of(), Set.of(record), 0, upTo)
                .<Recorded<? extends DomainEvent>>map(Function.identity())
                .collectList()
                .map(history -> new RecordHistory(record.toString(), upTo, new Histories(record, history).entries()));
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(history.size());
        for (int i = 0; i < history.size(); i++) {
            Recorded<? extends DomainEvent> recorded = history.get(i);
            if (recorded.event() instanceof CorrectionEvent correction) {
                entries.add(entry(recorded, corrected(correction)));
                state = new HashMap<>();
                Corrections.effective(history.subList(0, i + 1)).forEach(earlier -> apply(earlier.event()));
            } else {
                entries.add(entry(recorded, apply(recorded.event())));
            }
        }
        return entries;
    }

    private Entry entry(Recorded<? extends DomainEvent> recorded, List<Change> changes) {
        List<Later> became = corrections.getOrDefault(recorded.position(), List.of()).stream()
                .map(Histories::later)
                .toList();
        return new Entry(
                recorded.position(),
                recorded.recordedAt(),
                recorded.id(),
                EventCatalogue.type(recorded.event().getClass()),
                EventFields.action(recorded.event()),
                recorded.envelope().actor(),
                recorded.envelope().occurredOn(),
                recorded.envelope().commandId(),
                recorded.envelope().commandName(),
                changes,
                subject(recorded),
                reason(recorded.event()),
                recorded.envelope().basis(),
                recorded.envelope().approval(),
                recorded.event() instanceof CorrectionEvent correction ? (Long) correction.targetPosition() : null,
                became,
                became.stream().anyMatch(later -> later.type().equals(EventCatalogue.type(RecordVoided.class))));
    }

    private static Later later(Recorded<? extends DomainEvent> recorded) {
        CorrectionEvent correction = (CorrectionEvent) recorded.event();
        return new Later(
                recorded.position(),
                recorded.recordedAt(),
                EventCatalogue.type(correction.getClass()),
                EventFields.action(correction),
                recorded.envelope().actor(),
                correction.reason(),
                corrected(correction));
    }

    private static List<Change> corrected(CorrectionEvent correction) {
        if (!(correction instanceof RecordCorrected corrected)) {
            return List.of();
        }
        EventDefinition target = EventCatalogue.find(corrected.targetType());
        return corrected.changes().stream()
                .map(change -> {
                    Field field = target == null
                            ? EventFields.of(RecordCorrected.class, change.field())
                            : EventFields.of(target.payload(), change.field());
                    return change(field, present(change.old()), present(change.new_()));
                })
                .toList();
    }

    /** Changes the state by an event and tells what was different. */
    @CanIgnoreReturnValue
    private List<Change> apply(DomainEvent event) {
        Map<String, JsonNode> before = state.computeIfAbsent(Aspects.of(event), aspect -> new HashMap<>());
        JsonNode payload = EventJson.mapper().valueToTree(event);
        List<Change> changes = new ArrayList<>();
        for (Field field : EventFields.of(event.getClass())) {
            JsonNode value = present(payload.get(field.name()));
            if (field.name().equals(REASON) || REPEATING.contains(field.name()) || isRecordItself(field, value)) {
                continue;
            }
            String name = CONTINUES.getOrDefault(field.name(), field.name());
            JsonNode old = value == null ? before.remove(name) : before.put(name, value);
            if (!Objects.equals(old, value)) {
                changes.add(change(field, old, value));
            }
        }
        return changes;
    }

    private boolean isRecordItself(Field field, @Nullable JsonNode value) {
        return value != null
                && value.isString()
                && field.name().equals(record.key() + "Id")
                && value.stringValue().equals(record.value());
    }

    private List<String> subject(Recorded<? extends DomainEvent> recorded) {
        return EventCatalogue.tags(recorded.event()).stream()
                .filter(tag -> !tag.equals(record) && tag.value().indexOf('~') < 0)
                .map(Tag::toString)
                .toList();
    }

    private static @Nullable String reason(DomainEvent event) {
        JsonNode reason = EventJson.mapper().valueToTree(event).get(REASON);
        return reason == null || !reason.isString() ? null : reason.stringValue();
    }

    private static Change change(Field field, @Nullable JsonNode before, @Nullable JsonNode after) {
        return new Change(field.name(), field.title(), before, after, field.label(before), field.label(after));
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node;
    }
}
