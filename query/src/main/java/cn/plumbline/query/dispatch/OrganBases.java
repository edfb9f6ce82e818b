package cn.plumbline.query.dispatch;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The coverage bases of an organ (应覆盖名录). A base holds until the organ's next base begins. */
record OrganBases(List<Base> bases) {

    static final Table<OrganBases> TABLE = Table.of(
            "organ",
            OrganBases.class,
            OrganBases::evolve,
            List.of(CoverageBaseSet.class, UnitAddedToBase.class, UnitRemovedFromBase.class));

    /**
     * One base.
     *
     * @param units the periods in which a unit stands in it, by the unit's id; the base's own end is not in them
     */
    record Base(String catalogue, LocalDate from, Map<String, List<Period>> units) {

        /** Ends the stay that the day lies in; when it lies in none, an open one that has not begun yet falls away. */
        private void remove(String unit, LocalDate day) {
            units.computeIfPresent(unit, (id, periods) -> {
                if (periods.stream().anyMatch(period -> Period.canEnd(period.from(), period.to(), day))) {
                    periods.replaceAll(period ->
                            Period.canEnd(period.from(), period.to(), day) ? new Period(period.from(), day) : period);
                } else {
                    periods.removeIf(period -> period.to() == null);
                }
                return periods.isEmpty() ? null : periods;
            });
        }
    }

    private static @Nullable OrganBases evolve(
            String id, @Nullable OrganBases state, Recorded<? extends DomainEvent> recorded) {
        OrganBases bases = state == null ? new OrganBases(new ArrayList<>()) : state;
        switch (recorded.event()) {
            case CoverageBaseSet e -> {
                Map<String, List<Period>> units = new LinkedHashMap<>();
                e.unitIds().forEach(unit -> units.put(unit.value(), periods(e.effectiveFrom())));
                bases.bases.add(new Base(e.catalogueId().value(), e.effectiveFrom(), units));
            }
            case UnitAddedToBase e ->
                bases.base(
                        e.catalogueId().value(),
                        base -> base.units
                                .computeIfAbsent(e.unitId().value(), unit -> new ArrayList<>())
                                .add(new Period(e.effectiveFrom(), null)));
            case UnitRemovedFromBase e ->
                bases.base(
                        e.catalogueId().value(), base -> base.remove(e.unitId().value(), e.effectiveTo()));
            default -> {}
        }
        return bases;
    }

    private static List<Period> periods(LocalDate from) {
        List<Period> periods = new ArrayList<>(1);
        periods.add(new Period(from, null));
        return periods;
    }

    private void base(String catalogue, Consumer<Base> change) {
        bases.stream().filter(base -> base.catalogue.equals(catalogue)).forEach(change);
    }

    /** The base in force on a day. */
    @Nullable
    Base on(LocalDate day) {
        Base best = null;
        for (Base base : bases) {
            if (!base.from.isAfter(day) && (best == null || !base.from.isBefore(best.from))) {
                best = base;
            }
        }
        return best;
    }

    /** The day on which a unit's stay in the base in force began, null when it is not in it on the day. */
    @Nullable
    LocalDate entry(String unit, LocalDate day) {
        Base base = on(day);
        if (base == null) {
            return null;
        }
        for (Period period : base.units.getOrDefault(unit, List.of())) {
            if (period.contains(day)) {
                return period.from().isBefore(base.from) ? base.from : period.from();
            }
        }
        return null;
    }

    /** Every unit that any base names, in the order of ids. */
    Set<String> units() {
        Set<String> all = new TreeSet<>();
        bases.forEach(base -> all.addAll(base.units.keySet()));
        return all;
    }

    /** The days on which a base, or the stay of a unit in one, begins or ends. */
    Set<LocalDate> changePoints() {
        Set<LocalDate> days = new TreeSet<>();
        for (Base base : bases) {
            days.add(base.from);
            base.units
                    .values()
                    .forEach(periods -> periods.forEach(period -> {
                        days.add(period.from());
                        if (period.to() != null) {
                            days.add(period.to());
                        }
                    }));
        }
        return days;
    }
}
