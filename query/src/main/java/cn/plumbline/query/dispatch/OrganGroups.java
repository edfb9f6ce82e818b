package cn.plumbline.query.dispatch;

import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The ids of the groups of an organ, and of the committees that carry a plaque for it. */
record OrganGroups(SortedSet<String> groups, SortedSet<String> committees) {

    static final Table<OrganGroups> TABLE = Table.of(
            "organ",
            OrganGroups.class,
            OrganGroups::evolve,
            List.of(DispatchGroupEstablished.class, WorkCommitteePlaqueAttached.class));

    private static OrganGroups evolve(
            String id, @Nullable OrganGroups state, Recorded<? extends DomainEvent> recorded) {
        OrganGroups organ = state == null ? new OrganGroups(new TreeSet<>(), new TreeSet<>()) : state;
        switch (recorded.event()) {
            case DispatchGroupEstablished e -> organ.groups.add(e.groupId().value());
            case WorkCommitteePlaqueAttached e ->
                organ.committees.add(e.committeeId().value());
            default -> {}
        }
        return organ;
    }
}
