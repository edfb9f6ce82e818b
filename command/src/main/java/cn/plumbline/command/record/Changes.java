package cn.plumbline.command.record;

import cn.plumbline.command.facts.Payloads;
import cn.plumbline.events.CorrectionEvent.Change;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Id;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable.Why;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a correction changes of an event's fields; fields that have the value already are left out.
 *
 * @param faults why fields cannot be corrected; nothing is to be applied when there is one
 */
record Changes(List<Change> changes, List<FieldNotCorrectable> faults) {

    static Changes of(DomainEvent event, ObjectNode wanted) {
        List<Change> changes = new ArrayList<>();
        List<FieldNotCorrectable> faults = new ArrayList<>();
        ObjectNode tree = EventJson.mapper().valueToTree(event);
        for (Map.Entry<String, JsonNode> field : wanted.properties()) {
            JsonNode old = tree.get(field.getKey());
            JsonNode next = field.getValue().isNull() ? null : field.getValue();
            Optional<Why> fault = fault(event, field.getKey(), next);
            if (fault.isPresent()) {
                faults.add(new FieldNotCorrectable(field.getKey(), fault.get()));
            } else if (!Objects.equals(old, next)) {
                changes.add(new Change(field.getKey(), old, next));
            }
        }
        return new Changes(changes, faults);
    }

    boolean isNone() {
        return changes.isEmpty();
    }

    List<String> fields() {
        return changes.stream().map(Change::field).toList();
    }

    /** The event with the changes; empty when it would be none, or there is a fault. */
    Optional<DomainEvent> corrected(DomainEvent event, LocalDate today) {
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Corrections.apply(event, changes)).filter(after -> Payloads.isValid(after, today));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Why> fault(DomainEvent event, String field, @Nullable JsonNode next) {
        Optional<RecordComponent> component = Arrays.stream(event.getClass().getRecordComponents())
                .filter(candidate -> candidate.getName().equals(field))
                .findFirst();
        if (component.isEmpty()) {
            return Optional.of(Why.UNKNOWN);
        }
        if (isId(component.get())) {
            return Optional.of(Why.ID);
        }
        boolean optional = component.get().getAnnotatedType().isAnnotationPresent(Nullable.class);
        return next == null && !optional ? Optional.of(Why.VALUE) : Optional.empty();
    }

    private static boolean isId(RecordComponent component) {
        boolean listOfIds = component.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> element
                && Id.class.isAssignableFrom(element);
        return Id.class.isAssignableFrom(component.getType()) || listOfIds;
    }
}
