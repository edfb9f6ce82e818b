package cn.plumbline.query;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One kind of document of a projection: the document of a record is the fold of all events of the handled types that
 * carry the record's tag.
 *
 * @param key the key of the tags whose records have a document here, such as {@code unit}; {@link #WHOLE} when one
 *     document is the fold of all events of the types
 * @param state what a document holds, a record that Jackson reads and writes; its collections keep an order that does
 *     not depend on how often they were read and written (a list, a map, a sorted set, never a plain set)
 * @param types the handled types of event
 * @param fold how an event changes a document
 */
public record Table<S extends Record>(String key, Class<S> state, Set<String> types, Fold<S> fold) {

    /** The key of a table that has a single document. */
    public static final String WHOLE = "whole";

    /** The id of that document. */
    public static final String ALL = "all";

    public Table {
        types = Set.copyOf(types);
    }

    /** A table over events given by their classes. */
    public static <S extends Record> Table<S> of(
            String key, Class<S> state, Fold<S> fold, List<Class<? extends DomainEvent>> events) {
        return new Table<>(key, state, events.stream().map(EventCatalogue::type).collect(Collectors.toSet()), fold);
    }

    /** The ids of the records whose documents an event with these tags may change. */
    List<String> ids(Set<Tag> tags) {
        if (key.equals(WHOLE)) {
            return List.of(ALL);
        }
        return tags.stream()
                .filter(tag -> tag.key().equals(key))
                .map(Tag::value)
                .toList();
    }

    /** The tags by which the events of a record are found. */
    Set<Tag> tags(String id) {
        return key.equals(WHOLE) ? Set.of() : Set.of(new Tag(key, id));
    }

    /** The database's id of a record's document, such as {@code unit:002}. */
    String documentId(String id) {
        return key + ":" + id;
    }

    /**
     * How one event changes a document. Same input, same output; no clock, no I/O.
     *
     * <p>It owns the state that it is given and may change the collections in it, so that folding many events into a
     * big document costs no copies.
     */
    @FunctionalInterface
    public interface Fold<S> {

        /**
         * The document after an event.
         *
         * @param id the record's id, the value of its tag; an event carries a tag for every id in its fields, so it may
         *     concern the record only as a parent or a neighbour
         * @param state the document until now, null when there is none
         * @param event of one of the table's types, corrected
         * @return the document from now on, null for none
         */
        @Nullable
        S evolve(String id, @Nullable S state, Recorded<? extends DomainEvent> event);
    }
}
