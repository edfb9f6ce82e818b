package cn.plumbline.query.dispatch;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All organs, by id. There are hundreds at most, so one document holds them. */
record Organs(SortedMap<String, Organ> organs) {

    static final Table<Organs> TABLE =
            Table.of(Table.WHOLE, Organs.class, Organs::evolve, List.of(OrganRegistered.class));

    /** An organ that can dispatch groups. */
    record Organ(String name, Level level, @Nullable String parent) {}

    private static @Nullable Organs evolve(
            String id, @Nullable Organs state, Recorded<? extends DomainEvent> recorded) {
        Organs organs = state == null ? new Organs(new TreeMap<>()) : state;
        if (recorded.event() instanceof OrganRegistered e) {
            String parent = e.parentOrganId() == null ? null : e.parentOrganId().value();
            organs.organs.put(e.organId().value(), new Organ(e.name(), e.level(), parent));
        }
        return organs;
    }
}
