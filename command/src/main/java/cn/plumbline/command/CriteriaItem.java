package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Tag;
import java.util.HashSet;
import java.util.Set;

/**
 * A part of a consistency boundary: an event matches if its type is one of the types and it has all of the tags.
 * Items are OR-ed.
 *
 * @param types names of event types; empty for any
 * @param tags empty for any
 */
public record CriteriaItem(Set<String> types, Set<Tag> tags) {

    public CriteriaItem {
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
        if (types.isEmpty() && tags.isEmpty()) {
            throw new IllegalArgumentException("a boundary around everything is none");
        }
    }

    /** Events of some types with a tag. */
    @SafeVarargs
    public static CriteriaItem of(Tag tag, Class<? extends DomainEvent>... types) {
        Set<String> names = new HashSet<>();
        for (Class<? extends DomainEvent> type : types) {
            names.add(EventCatalogue.type(type));
        }
        return new CriteriaItem(names, Set.of(tag));
    }

    /** Events of any type with a tag. */
    public static CriteriaItem any(Tag tag) {
        return new CriteriaItem(Set.of(), Set.of(tag));
    }

    /** Whether an event of this type with these tags matches. */
    public boolean matches(String type, Set<Tag> eventTags) {
        return (types.isEmpty() || types.contains(type)) && eventTags.containsAll(tags);
    }
}
