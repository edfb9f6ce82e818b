package cn.plumbline.query.dispatch;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that a unit has had. */
record UnitNames(List<Name> names) {

    static final Table<UnitNames> TABLE =
            Table.of("unit", UnitNames.class, UnitNames::evolve, List.of(UnitRegistered.class, UnitRenamed.class));

    /**
     * A name.
     *
     * @param from the first day on which it holds, null for the name of the registration
     */
    record Name(@Nullable LocalDate from, String name) {}

    private static @Nullable UnitNames evolve(
            String id, @Nullable UnitNames state, Recorded<? extends DomainEvent> recorded) {
        Name name = name(id, recorded.event());
        if (name == null) {
            return state;
        }
        UnitNames names = state == null ? new UnitNames(new ArrayList<>()) : state;
        names.names.add(name);
        return names;
    }

    /** The name that an event gives to the unit, null when it gives none. */
    static @Nullable Name name(String id, DomainEvent event) {
        return switch (event) {
            case UnitRegistered e when e.unitId().value().equals(id) -> new Name(null, e.name());
            case UnitRenamed e when e.unitId().value().equals(id) -> new Name(e.on(), e.name());
            default -> null;
        };
    }

    /** The name on a day; of two names from one day the one recorded later. The id when the unit has none. */
    static String on(List<Name> names, String id, LocalDate day) {
        Name best = null;
        for (Name name : names) {
            boolean begun = name.from() == null || !name.from().isAfter(day);
            if (begun && (best == null || best.from() == null || notBefore(name.from(), best.from()))) {
                best = name;
            }
        }
        return best == null ? id : best.name();
    }

    private static boolean notBefore(@Nullable LocalDate day, LocalDate other) {
        return day != null && !day.isBefore(other);
    }
}
