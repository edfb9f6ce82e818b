package cn.plumbline.query.dispatch;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plaques of a work committee, and the units that it covers under them. */
record Plaques(List<Plaque> plaques, List<Covered> units) {

    static final Table<Plaques> TABLE = Table.of(
            "committee",
            Plaques.class,
            Plaques::evolve,
            List.of(WorkCommitteePlaqueAttached.class, UnitCoverageStarted.class, UnitCoverageEnded.class));

    /** A plaque, and from when to when the committee carries it. */
    record Plaque(
            String organ,
            String name,
            String unit,
            LocalDate from,
            @Nullable LocalDate to) {}

    /** A covered unit. */
    record Covered(
            String organ,
            String unit,
            LocalDate from,
            @Nullable LocalDate to) {}

    private static @Nullable Plaques evolve(
            String id, @Nullable Plaques state, Recorded<? extends DomainEvent> recorded) {
        Plaques plaques = state == null ? new Plaques(new ArrayList<>(), new ArrayList<>()) : state;
        switch (recorded.event()) {
            case WorkCommitteePlaqueAttached e ->
                plaques.plaques.add(new Plaque(
                        e.organId().value(), e.plaqueName(), e.unitId().value(), e.effectiveFrom(), e.effectiveTo()));
            case UnitCoverageStarted e ->
                plaques.units.add(
                        new Covered(e.organId().value(), e.unitId().value(), e.effectiveFrom(), e.effectiveTo()));
            case UnitCoverageEnded e when e.kind() == CoverageKind.PLAQUE -> plaques.end(e);
            default -> {
                return state;
            }
        }
        return plaques;
    }

    private void end(UnitCoverageEnded e) {
        units.replaceAll(unit -> unit.unit.equals(e.unitId().value())
                        && unit.organ.equals(e.organId().value())
                        && Period.canEnd(unit.from, unit.to, e.effectiveTo())
                ? new Covered(unit.organ, unit.unit, unit.from, e.effectiveTo())
                : unit);
    }

    /** The name that the committee carries for an organ on a day; the last one that it carried when none holds. */
    @Nullable
    String name(String organ, LocalDate day) {
        String last = null;
        for (Plaque plaque : plaques) {
            if (plaque.organ.equals(organ)) {
                if (Period.contains(plaque.from, plaque.to, day)) {
                    return plaque.name;
                }
                last = plaque.name;
            }
        }
        return last;
    }
}
