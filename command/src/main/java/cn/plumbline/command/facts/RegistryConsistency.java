package cn.plumbline.command.facts;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.Optional;

/** The rules of the register, asked of an event and what was known before it. */
final class RegistryConsistency {

    private RegistryConsistency() {}

    static void check(
            Violations violations, Facts facts, Recorded<? extends DomainEvent> recorded, OrgRegistryEvent event) {
        long position = recorded.position();
        switch (event) {
            case OrganRegistered e -> {
                violations.addIf(facts.organ(e.organId()).isPresent(), position, "id", e.organId());
                OrganId parent = e.parentOrganId();
                violations.addIf(
                        parent != null && facts.organ(parent).isEmpty(), position, "parent", String.valueOf(parent));
            }
            case UnitRegistered e -> registered(violations, facts, recorded, e);
            case UnitRenamed e -> renamed(violations, facts, position, e);
            case UnitMerged e -> {
                ceased(violations, facts, position, e.unitId());
                alive(violations, facts, position, e.into(), e.on());
            }
            case UnitDissolved e -> ceased(violations, facts, position, e.unitId());
            case CoverageBaseSet e -> base(violations, facts, position, e);
            case UnitAddedToBase e -> added(violations, facts, position, e);
            case UnitRemovedFromBase e -> removed(violations, facts, position, e);
            case AreaProfileRecorded profile -> {}
        }
    }

    private static void registered(
            Violations violations, Facts facts, Recorded<? extends DomainEvent> recorded, UnitRegistered event) {
        long position = recorded.position();
        violations.addIf(facts.unit(event.unitId()).registered().isPresent(), position, "id", event.unitId());
        UnitId parent = event.parentUnitId();
        violations.addIf(
                parent != null && facts.unit(parent).registered().isEmpty(),
                position,
                "parent",
                String.valueOf(parent));
        violations.addIf(
                UnitNames.taken(
                                facts,
                                event.unitId(),
                                event.level(),
                                parent,
                                event.name(),
                                recorded.envelope().occurredOn())
                        .isPresent(),
                position,
                "name",
                event.unitId());
    }

    private static void renamed(Violations violations, Facts facts, long position, UnitRenamed event) {
        UnitFacts unit = facts.unit(event.unitId());
        LocalDate renamedOn = unit.renamedOn();
        alive(violations, facts, position, event.unitId(), event.on());
        violations.addIf(
                renamedOn != null && event.on().isBefore(renamedOn), position, "before last change", event.unitId());
        violations.addIf(
                unit.registered()
                        .filter(found -> found.level() != event.level())
                        .isPresent(),
                position,
                "scope of the name",
                event.unitId());
        violations.addIf(
                UnitNames.taken(facts, event.unitId(), event.level(), event.parentUnitId(), event.name(), event.on())
                        .isPresent(),
                position,
                "name",
                event.unitId());
    }

    private static void alive(Violations violations, Facts facts, long position, UnitId unit, LocalDate day) {
        violations.addIf(facts.unit(unit).registered().isEmpty(), position, "registered", unit);
        violations.addIf(facts.unit(unit).hasCeased(day), position, "ceased", unit);
    }

    private static void ceased(Violations violations, Facts facts, long position, UnitId unit) {
        violations.addIf(facts.unit(unit).registered().isEmpty(), position, "registered", unit);
        violations.addIf(facts.unit(unit).ceasedOn() != null, position, "ceased", unit);
    }

    private static void base(Violations violations, Facts facts, long position, CoverageBaseSet event) {
        violations.addIf(facts.base(event.catalogueId()).isPresent(), position, "id", event.catalogueId());
        violations.addIf(facts.organ(event.organId()).isEmpty(), position, "organ", event.organId());
        violations.addIf(
                new Bases(facts)
                        .beginning(event.organId(), event.effectiveFrom())
                        .isPresent(),
                position,
                "overlap",
                event.organId());
        event.unitIds().forEach(unit -> alive(violations, facts, position, unit, event.effectiveFrom()));
    }

    private static void added(Violations violations, Facts facts, long position, UnitAddedToBase event) {
        alive(violations, facts, position, event.unitId(), event.effectiveFrom());
        Optional<BaseFacts> base = facts.base(event.catalogueId());
        violations.addIf(base.isEmpty(), position, "base", event.catalogueId());
        base.ifPresent(found -> {
            violations.addIf(
                    event.effectiveFrom().isBefore(found.from()), position, "before the base", event.catalogueId());
            violations.addIf(
                    found.periods(event.unitId()).stream().anyMatch(Period.from(event.effectiveFrom())::overlaps),
                    position,
                    "in the base",
                    event.unitId());
        });
    }

    private static void removed(Violations violations, Facts facts, long position, UnitRemovedFromBase event) {
        Optional<Period> open = facts.base(event.catalogueId()).flatMap(base -> base.openPeriod(event.unitId()));
        violations.addIf(
                open.filter(period -> !event.effectiveTo().isBefore(period.from()))
                        .isEmpty(),
                position,
                "in the base",
                event.unitId());
    }
}
