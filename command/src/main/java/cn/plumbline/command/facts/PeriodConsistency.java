package cn.plumbline.command.facts;

import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Recorded;
import java.util.List;
import java.util.Optional;

/** The rules on periods: which of them exclude each other, and into which frame each must fit. */
final class PeriodConsistency {

    private PeriodConsistency() {}

    /**
     * Whether the period that an event began is excluded by one that was begun before it.
     *
     * @param facts what was known when the event's command had recorded all of its events
     */
    static void exclusion(Violations violations, Facts facts, Recorded<? extends DomainEvent> recorded) {
        switch (recorded.event()) {
            case UnitCoverageStarted e -> coverage(violations, facts, facts.unit(e.unitId()), recorded.position());
            case UnitCoverageTransferred e -> coverage(violations, facts, facts.unit(e.unitId()), recorded.position());
            case GroupMemberAppointed e ->
                facts.terms().stream()
                        .filter(term -> term.position() == recorded.position())
                        .forEach(term -> exclusive(violations, facts, term));
            default -> {}
        }
    }

    /** Whether every period fits into its frame, as the whole history leaves both. */
    static void frames(Violations violations, Facts facts) {
        for (UnitFacts unit : List.copyOf(facts.units())) {
            for (CoverageInterval interval : unit.coverage().all()) {
                unit(violations, facts, unit, interval);
                group(violations, facts, interval);
            }
        }
        for (Term term : facts.terms()) {
            term(violations, facts, term);
        }
        for (BaseFacts base : facts.bases()) {
            base(violations, facts, base);
        }
    }

    private static void coverage(Violations violations, Facts facts, UnitFacts unit, long position) {
        unit.coverage().all().stream()
                .filter(interval -> interval.position() == position)
                .forEach(interval -> {
                    violations.addIf(
                            unit.coverage().overlapping(interval.period()).stream()
                                    .anyMatch(other -> other.position() < position),
                            position,
                            "overlap",
                            unit.id());
                    GroupId group = interval.groupId();
                    if (group != null) {
                        violations.addIf(coversAnother(facts, group, interval), position, "standalone", group);
                    }
                });
    }

    /** Whether the group is a standalone one, and covered another unit in the period. */
    private static boolean coversAnother(Facts facts, GroupId group, CoverageInterval interval) {
        return facts.group(group)
                        .established()
                        .filter(event -> event.kind() == GroupKind.STANDALONE)
                        .isPresent()
                && facts.coverageBy(group).stream()
                        .anyMatch(other -> other.position() < interval.position()
                                && !other.unitId().equals(interval.unitId())
                                && other.period().overlaps(interval.period()));
    }

    private static void exclusive(Violations violations, Facts facts, Term term) {
        violations.addIf(
                facts.terms().stream()
                        .anyMatch(other -> Terms.exclude(other, term) && other.position() < term.position()),
                term.position(),
                "term",
                term.personId());
    }

    private static void unit(Violations violations, Facts facts, UnitFacts unit, CoverageInterval interval) {
        long position = interval.position();
        violations.addIf(unit.registered().isEmpty(), position, "registered", unit.id());
        violations.addIf(
                !interval.period().isEmpty() && unit.ceasesIn(interval.period()), position, "ceased", unit.id());
        unit.registered()
                .flatMap(registered -> facts.organ(interval.organId())
                        .flatMap(organ -> Levels.coverage(organ.event().level(), registered, interval.kind())))
                .ifPresent(mismatch -> violations.addIf(true, position, "level", unit.id()));
    }

    private static void group(Violations violations, Facts facts, CoverageInterval interval) {
        GroupId id = interval.groupId();
        if (id == null || interval.period().isEmpty()) {
            return;
        }
        GroupFacts group = facts.group(id);
        Optional<DispatchGroupEstablished> established = group.established();
        violations.addIf(
                group.active()
                        .filter(active -> active.covers(interval.period()))
                        .isEmpty(),
                interval.position(),
                "group",
                id);
        violations.addIf(
                established
                        .filter(event -> CoverageKind.of(event.kind()) == interval.kind())
                        .isEmpty(),
                interval.position(),
                "kind",
                id);
    }

    private static void term(Violations violations, Facts facts, Term term) {
        violations.addIf(
                facts.group(term.groupId())
                        .active()
                        .filter(active -> term.period().isEmpty() || active.covers(term.period()))
                        .isEmpty(),
                term.position(),
                "group",
                term.groupId());
    }

    private static void base(Violations violations, Facts facts, BaseFacts base) {
        facts.organ(base.organ())
                .ifPresent(organ -> base.units()
                        .forEach(unit -> facts.unit(unit)
                                .registered()
                                .flatMap(registered -> Levels.base(organ.event().level(), registered))
                                .ifPresent(mismatch -> violations.addIf(true, base.position(), "level", unit))));
    }
}
