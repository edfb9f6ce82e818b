package cn.plumbline.query.dispatch;

import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name of a dispatch group. */
record GroupName(String name) {

    static final Table<GroupName> TABLE =
            Table.of("group", GroupName.class, GroupName::evolve, List.of(DispatchGroupEstablished.class));

    private static @Nullable GroupName evolve(
            String id, @Nullable GroupName state, Recorded<? extends DomainEvent> recorded) {
        return recorded.event() instanceof DispatchGroupEstablished e ? new GroupName(e.name()) : state;
    }
}
