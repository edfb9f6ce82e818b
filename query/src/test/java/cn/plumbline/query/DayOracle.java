package cn.plumbline.query;

import cn.plumbline.events.Corrections;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The coverage map by brute force: a bit per day for every period, no documents, no interval arithmetic. It knows the
 * units of {@link RandomHistory}: communities {@code C-…} lie in the street {@code U-0}.
 */
public final class DayOracle {

    /** Far enough that no period of a random history but an open one reaches it. */
    private static final int HORIZON = 200;

    private final List<Stay> coverage = new ArrayList<>();
    private final List<Base> bases = new ArrayList<>();
    private final Map<String, Integer> ceased = new HashMap<>();

    private record Stay(String unit, OrganId organ, CoverageKind kind, GroupId group, BitSet days) {}

    private record Base(CoverageBaseSet set, Map<String, List<BitSet>> stays) {}

    public DayOracle(List<Recorded<? extends DomainEvent>> history) {
        Corrections.effective(history).forEach(recorded -> apply(recorded.event()));
    }

    private void apply(DomainEvent event) {
        switch (event) {
            case UnitCoverageStarted e ->
                start(e.unitId(), e.organId(), e.kind(), e.groupId(), e.effectiveFrom(), e.effectiveTo());
            case UnitCoverageEnded e -> end(e.unitId(), e.organId(), e.kind(), e.groupId(), e.effectiveTo());
            case UnitCoverageTransferred e -> {
                coverage.stream()
                        .filter(stay -> stay.group != null && stay.group.equals(e.fromGroupId()))
                        .filter(stay -> stay.unit.equals(e.unitId().value()))
                        .forEach(stay -> cut(stay.days, day(e.effectiveFrom())));
                start(e.unitId(), e.organId(), e.kind(), e.toGroupId(), e.effectiveFrom(), null);
            }
            case CoverageBaseSet e -> {
                Map<String, List<BitSet>> stays = new TreeMap<>();
                e.unitIds()
                        .forEach(unit -> stays.put(
                                unit.value(), new ArrayList<>(List.of(days(day(e.effectiveFrom()), HORIZON)))));
                bases.add(new Base(e, stays));
            }
            case UnitAddedToBase e ->
                bases.stream()
                        .filter(base -> base.set.catalogueId().equals(e.catalogueId()))
                        .forEach(base -> base.stays
                                .computeIfAbsent(e.unitId().value(), unit -> new ArrayList<>())
                                .add(days(day(e.effectiveFrom()), HORIZON)));
            case UnitRemovedFromBase e ->
                bases.stream()
                        .filter(base -> base.set.catalogueId().equals(e.catalogueId()))
                        .forEach(base ->
                                leave(base.stays.getOrDefault(e.unitId().value(), List.of()), day(e.effectiveTo())));
            case UnitDissolved e -> ceased.merge(e.unitId().value(), day(e.on()), Math::min);
            default -> {}
        }
    }

    private void start(UnitId unit, OrganId organ, CoverageKind kind, GroupId group, LocalDate from, LocalDate to) {
        coverage.add(new Stay(unit.value(), organ, kind, group, days(day(from), to == null ? HORIZON : day(to))));
    }

    private void end(UnitId unit, OrganId organ, CoverageKind kind, GroupId group, LocalDate on) {
        coverage.stream()
                .filter(stay -> stay.unit.equals(unit.value()) && stay.organ.equals(organ) && stay.kind == kind)
                .filter(stay -> group == null ? stay.group == null : group.equals(stay.group))
                .forEach(stay -> cut(stay.days, day(on)));
    }

    private static void cut(BitSet days, int day) {
        if (days.get(day - 1) && days.get(day)) {
            days.clear(day, HORIZON);
        }
    }

    private static void leave(List<BitSet> stays, int day) {
        if (stays.stream().anyMatch(stay -> stay.get(day - 1) && stay.get(day))) {
            stays.forEach(stay -> cut(stay, day));
        } else {
            stays.stream().filter(stay -> stay.get(HORIZON - 1)).forEach(BitSet::clear);
        }
    }

    private static BitSet days(int from, int to) {
        BitSet days = new BitSet(HORIZON);
        days.set(from, Math.max(from, to));
        return days;
    }

    private static int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(RandomHistory.BEGIN, date);
    }

    /** The units in the base of a day that nobody covers, with the day since which that is so; and the covered ones. */
    public record Figures(List<String> covered, Map<String, LocalDate> blind) {}

    public Figures map(OrganId organ, int day) {
        List<String> covered = new ArrayList<>();
        Map<String, LocalDate> blind = new TreeMap<>();
        Base base = base(organ, day);
        if (base != null) {
            base.stays.forEach((unit, stays) -> {
                boolean in = stays.stream().anyMatch(stay -> stay.get(day)) && ceased.getOrDefault(unit, HORIZON) > day;
                if (in && counting(organ, unit).stream().anyMatch(stay -> stay.days.get(day))) {
                    covered.add(unit);
                } else if (in) {
                    blind.put(unit, RandomHistory.day(since(organ, unit, base, stays, day)));
                }
            });
        }
        return new Figures(covered, blind);
    }

    private Base base(OrganId organ, int day) {
        Base best = null;
        for (Base base : bases) {
            boolean begun = base.set.organId().equals(organ) && day(base.set.effectiveFrom()) <= day;
            if (begun && (best == null || day(base.set.effectiveFrom()) >= day(best.set.effectiveFrom()))) {
                best = base;
            }
        }
        return best;
    }

    private List<Stay> counting(OrganId organ, String unit) {
        return coverage.stream()
                .filter(stay -> stay.organ.equals(organ))
                .filter(stay -> stay.unit.equals(unit)
                        || (unit.startsWith("C-") && stay.unit.equals("U-0") && stay.kind == CoverageKind.STREET))
                .toList();
    }

    private int since(OrganId organ, String unit, Base base, List<BitSet> stays, int day) {
        int entry = stays.stream()
                .filter(stay -> stay.get(day))
                .findFirst()
                .orElseThrow()
                .nextSetBit(0);
        int since = Math.max(entry, day(base.set.effectiveFrom()));
        for (Stay stay : counting(organ, unit)) {
            int end = stay.days.length();
            if (!stay.days.isEmpty() && end <= day) {
                since = Math.max(since, end);
            }
        }
        return since;
    }
}
