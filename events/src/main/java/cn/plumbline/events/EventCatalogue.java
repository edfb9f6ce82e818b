package cn.plumbline.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All types of event, read once from the sealed interfaces: names, versions, titles, and how the tags of an event
 * follow from its fields.
 */
public final class EventCatalogue {

    private static final Map<Class<?>, EventDefinition> BY_CLASS = new LinkedHashMap<>();
    private static final Map<String, EventDefinition> BY_TYPE = new LinkedHashMap<>();

    /** The accessors of an event's fields, looked up once: a new accessor is slow until it has been called often. */
    private static final ClassValue<List<Method>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> event) {
            return Arrays.stream(event.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .toList();
        }
    };

    static {
        for (Class<?> context : DomainEvent.class.getPermittedSubclasses()) {
            for (Class<?> event : context.getPermittedSubclasses()) {
                EventDefinition definition = define(context, event.asSubclass(DomainEvent.class));
                BY_CLASS.put(event, definition);
                BY_TYPE.put(definition.type(), definition);
            }
        }
    }

    private EventCatalogue() {}

    /** Every definition, by context in the order of their declaration. */
    public static Collection<EventDefinition> all() {
        return Collections.unmodifiableCollection(BY_CLASS.values());
    }

    /** The definition of an event's class. */
    public static EventDefinition of(Class<? extends DomainEvent> payload) {
        EventDefinition definition = BY_CLASS.get(payload);
        if (definition == null) {
            throw new IllegalArgumentException(payload + " is in no context");
        }
        return definition;
    }

    /** The definition of a type, or null when there is none of that name. */
    public static @Nullable EventDefinition find(String type) {
        return BY_TYPE.get(type);
    }

    /** The type of an event's class, such as {@code dispatch.DispatchGroupEstablished}. */
    public static String type(Class<? extends DomainEvent> payload) {
        return of(payload).type();
    }

    /**
     * Reads a payload in its newest version.
     *
     * @throws IllegalArgumentException when the type is unknown: a silent guess would be worse
     */
    public static DomainEvent read(String type, byte[] json) {
        EventDefinition definition = BY_TYPE.get(type);
        if (definition == null) {
            throw new IllegalArgumentException("no event type " + type);
        }
        return EventJson.mapper().readValue(json, definition.payload());
    }

    /** The tags of an event: one for every id in its fields, lists included, and its composite ones. */
    public static Set<Tag> tags(DomainEvent event) {
        Set<Tag> tags = new TreeSet<>(event.compositeTags());
        for (Method field : FIELDS.get(event.getClass())) {
            Object value = value(event, field);
            if (value instanceof Id id) {
                tags.add(id.tag());
            } else if (value instanceof List<?> list) {
                list.forEach(element -> {
                    if (element instanceof Id id) {
                        tags.add(id.tag());
                    }
                });
            }
        }
        return tags;
    }

    private static @Nullable Object value(DomainEvent event, Method field) {
        try {
            return field.invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a public record's component can be read", e);
        }
    }

    private static EventDefinition define(Class<?> context, Class<? extends DomainEvent> event) {
        Context name = context.getAnnotation(Context.class);
        Title title = event.getAnnotation(Title.class);
        if (name == null || title == null) {
            throw new IllegalStateException(event + " needs a @Title, and its interface a @Context");
        }
        Version version = event.getAnnotation(Version.class);
        return new EventDefinition(
                name.value() + "." + event.getSimpleName(),
                version == null ? "1" : version.value(),
                name.value(),
                event,
                title.zh(),
                title.en());
    }

    /** The classes of the given events' types, for criteria that list them by name. */
    @SafeVarargs
    public static List<String> types(Class<? extends DomainEvent>... payloads) {
        List<String> types = new ArrayList<>();
        for (Class<? extends DomainEvent> payload : payloads) {
            types.add(type(payload));
        }
        return types;
    }
}
