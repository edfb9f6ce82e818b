package cn.plumbline.web.pages;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Id;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What ids are called, as of a position: for labels, and to look records up by name. Immutable.
 *
 * @param byTag by the text of the tag, such as {@code unit:002}
 */
record Names(long position, Map<String, Named> byTag) {

    static final Names NONE = new Names(0, Map.of());

    /** The events that name something, and those by which earlier ones may have changed. */
    static final Set<String> TYPES = types();

    /** A record by its name; where a record has no name of its own, its id. */
    record Named(String key, String id, String name) {

        public String tag() {
            return key + ":" + id;
        }

        private boolean contains(String text) {
            return name.toLowerCase(Locale.ROOT).contains(text)
                    || id.toLowerCase(Locale.ROOT).contains(text);
        }

        /** Exact ids first, then beginnings, then the rest. */
        private int distance(String text) {
            if (id.equalsIgnoreCase(text) || name.equalsIgnoreCase(text)) {
                return 0;
            }
            return name.startsWith(text) || id.startsWith(text) ? 1 : 2;
        }
    }

    private static Set<String> types() {
        Set<String> types = new HashSet<>(EventCatalogue.types(
                OrganRegistered.class,
                UnitRegistered.class,
                UnitRenamed.class,
                CoverageBaseSet.class,
                DispatchGroupEstablished.class,
                WorkCommitteePlaqueAttached.class,
                GroupMemberAppointed.class,
                VenueStatusChanged.class));
        types.addAll(EventCatalogue.types(CorrectionEvent.RecordCorrected.class, CorrectionEvent.RecordVoided.class));
        return Set.copyOf(types);
    }

    /** These names and those in later events, corrections already applied. */
    Names and(List<Recorded<? extends DomainEvent>> events, long upTo) {
        if (events.isEmpty()) {
            return new Names(upTo, byTag);
        }
        Map<String, Named> names = new TreeMap<>(byTag);
        events.forEach(recorded -> add(names, recorded.event()));
        return new Names(upTo, names);
    }

    private static void add(Map<String, Named> names, DomainEvent event) {
        switch (event) {
            case OrganRegistered e -> put(names, e.organId(), e.name());
            case UnitRegistered e -> put(names, e.unitId(), e.name());
            case UnitRenamed e -> put(names, e.unitId(), e.name());
            case CoverageBaseSet e ->
                put(names, e.catalogueId(), e.catalogueId().value());
            case DispatchGroupEstablished e -> put(names, e.groupId(), e.name());
            case WorkCommitteePlaqueAttached e ->
                put(names, e.committeeId(), e.committeeId().value());
            case GroupMemberAppointed e -> put(names, e.personId(), e.personId().value());
            case VenueStatusChanged e -> put(names, e.venueId(), e.venueId().value());
            default -> {
                // names nothing
            }
        }
    }

    private static void put(Map<String, Named> names, Id id, String name) {
        Tag tag = id.tag();
        names.put(tag.toString(), new Named(tag.key(), tag.value(), name));
    }

    /** The name of a record, its id when it has none. */
    Named of(String tag) {
        Named named = byTag.get(tag);
        if (named != null) {
            return named;
        }
        int colon = tag.indexOf(':');
        String id = tag.substring(colon + 1);
        return new Named(colon < 0 ? "other" : tag.substring(0, colon), id, id);
    }

    /** All of a kind, by id. */
    List<Named> all(String key) {
        return byTag.values().stream().filter(named -> named.key().equals(key)).toList();
    }

    /**
     * Those whose name or id contains a text.
     *
     * @param key of a kind; empty for any
     */
    List<Named> find(String key, String text, int limit) {
        return found(key, text).limit(limit).toList();
    }

    /**
     * The same, a slice at a time.
     *
     * @param after the tag that it comes after, empty for the beginning
     */
    Slice<Named> slice(String key, String text, String after) {
        Named last = of(after);
        Comparator<Named> order = order(text);
        Stream<Named> remaining = found(key, text).filter(named -> after.isEmpty() || order.compare(named, last) > 0);
        return Slice.of(remaining, after.isEmpty(), Named::tag);
    }

    private Stream<Named> found(String key, String text) {
        String wanted = wanted(text);
        return byTag.values().stream()
                .filter(named -> key.isEmpty() || named.key().equals(key))
                .filter(named -> named.contains(wanted))
                .sorted(order(text));
    }

    private static Comparator<Named> order(String text) {
        String wanted = wanted(text);
        return Comparator.<Named>comparingInt(named -> named.distance(wanted)).thenComparing(Named::tag);
    }

    private static String wanted(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
