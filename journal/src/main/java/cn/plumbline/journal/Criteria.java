package cn.plumbline.journal;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Selects the events that at least one item selects. Without items it selects nothing.
 *
 * @param items the alternatives, in any order
 */
public record Criteria(List<Criterion> items) {

    private static final Criteria ALL = new Criteria(List.of(new Criterion(Set.of(), Set.of())));
    private static final Criteria NOTHING = new Criteria(List.of());

    /** Takes a copy of the list. */
    public Criteria {
        items = List.copyOf(items);
    }

    /**
     * Selects every event.
     *
     * @return the criteria
     */
    public static Criteria all() {
        return ALL;
    }

    /**
     * Selects no event.
     *
     * @return the criteria
     */
    public static Criteria nothing() {
        return NOTHING;
    }

    /**
     * Selects the events that have one of the types.
     *
     * @param types qualified event names; none = nothing is selected
     * @return the criteria
     */
    public static Criteria types(Collection<String> types) {
        return types.isEmpty() ? NOTHING : new Criteria(List.of(new Criterion(Set.copyOf(types), Set.of())));
    }

    /**
     * Selects the events that have all of the tags.
     *
     * @param tags at least one tag
     * @return the criteria
     */
    public static Criteria tags(Tag... tags) {
        if (tags.length == 0) {
            throw new IllegalArgumentException("No tag: say all() or nothing()");
        }
        return new Criteria(List.of(new Criterion(Set.of(), Set.of(tags))));
    }

    /**
     * Tells whether an event is selected.
     *
     * @param type the event's qualified name
     * @param tags all tags of the event
     * @return whether an item selects it
     */
    public boolean matches(String type, Set<Tag> tags) {
        for (Criterion item : items) {
            if (item.matches(type, tags)) {
                return true;
            }
        }
        return false;
    }

    boolean isAll() {
        for (Criterion item : items) {
            if (item.isAll()) {
                return true;
            }
        }
        return false;
    }
}
