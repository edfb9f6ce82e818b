package cn.plumbline.journal;

import java.util.Set;

/**
 * Selects the events that have one of the types and all of the tags.
 *
 * @param types qualified event names; empty = any type
 * @param tags tags that an event must have, all of them; empty = any tags
 */
public record Criterion(Set<String> types, Set<Tag> tags) {

    /** Takes copies of both sets. */
    public Criterion {
        types = Set.copyOf(types);
        tags = Set.copyOf(tags);
    }

    /**
     * Tells whether an event is selected.
     *
     * @param type the event's qualified name
     * @param eventTags all tags of the event
     * @return whether its type is one of the types and all tags are among its tags
     */
    public boolean matches(String type, Set<Tag> eventTags) {
        return (types.isEmpty() || types.contains(type)) && eventTags.containsAll(tags);
    }

    boolean isAll() {
        return types.isEmpty() && tags.isEmpty();
    }
}
