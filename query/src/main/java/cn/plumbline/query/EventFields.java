package cn.plumbline.query;

import cn.plumbline.events.CodeList;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.Title;
import cn.plumbline.query.RecordHistory.Label;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What people call events, their fields and the values of code lists, read from the records of the language. */
final class EventFields {

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private EventFields() {}

    /**
     * One field of an event.
     *
     * @param type its Java type
     */
    record Field(String name, Label title, Class<?> type) {

        /** The name of a value that is of a code list, else null. */
        @Nullable
        Label label(@Nullable JsonNode value) {
            if (value == null || !value.isString() || !type.isEnum() || !CodeList.class.isAssignableFrom(type)) {
                return null;
            }
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(value.stringValue()))
                    .map(constant -> (CodeList) constant)
                    .map(code -> new Label(code.zh(), code.en()))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The fields of an event in the order of their declaration. */
    static List<Field> of(Class<? extends DomainEvent> event) {
        return FIELDS.computeIfAbsent(event, EventFields::read);
    }

    /** The field of that name, or one that is only a name. */
    static Field of(Class<? extends DomainEvent> event, String name) {
        return of(event).stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Field(name, new Label(name, name), Object.class));
    }

    /** What was done, by the title of the event. */
    static Label action(DomainEvent event) {
        EventDefinition definition = EventCatalogue.of(event.getClass());
        return new Label(definition.zh(), definition.en());
    }

    private static List<Field> read(Class<?> event) {
        return Arrays.stream(event.getRecordComponents())
                .map(EventFields::field)
                .toList();
    }

    private static Field field(RecordComponent component) {
        Title title = component.getAnnotation(Title.class);
        Label label =
                title == null ? new Label(component.getName(), component.getName()) : new Label(title.zh(), title.en());
        return new Field(component.getName(), label, component.getType());
    }
}
