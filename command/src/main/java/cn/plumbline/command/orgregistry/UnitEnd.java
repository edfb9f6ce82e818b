package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Rules;
import cn.plumbline.command.facts.BaseFacts;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.CoverageInterval;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.Period;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryRejection.UnitStillCovered;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What merging and dissolving a unit have in common. */
final class UnitEnd {

    private UnitEnd() {}

    /** No coverage reaches past the day. */
    static void checkCoverage(Rules rules, Facts facts, UnitId unit, LocalDate on) {
        for (CoverageInterval interval : facts.unit(unit).coverage().all()) {
            if (!interval.period().isEmpty() && interval.period().endsAfter(on)) {
                rules.refuse(new UnitStillCovered(
                        unit,
                        interval.groupId(),
                        interval.kind(),
                        interval.period().from(),
                        interval.period().to(),
                        List.of(interval.position())));
            }
        }
    }

    /** The end, and the removal from every base in which the unit would stand past it. */
    static List<DomainEvent> events(DomainEvent end, Facts facts, UnitId unit, LocalDate on, String reason) {
        List<DomainEvent> events = new ArrayList<>();
        events.add(end);
        for (BaseFacts base : new Bases(facts).reachingPast(unit, on)) {
            LocalDate entered = base.openPeriod(unit).map(Period::from).orElse(on);
            events.add(new UnitRemovedFromBase(
                    base.id(), base.organ(), unit, on.isBefore(entered) ? entered : on, reason));
        }
        return events;
    }
}
