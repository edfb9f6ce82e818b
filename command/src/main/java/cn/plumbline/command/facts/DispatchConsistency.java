package cn.plumbline.command.facts;

import cn.plumbline.events.DispatchEvent;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.HeadDutyRecorded;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.GroupId;
import java.time.LocalDate;
import java.util.Optional;

/** The rules of dispatch, asked of an event and what was known before it. */
final class DispatchConsistency {

    private DispatchConsistency() {}

    static void check(Violations violations, Facts facts, long position, DispatchEvent event) {
        switch (event) {
            case NamingRuleSet e ->
                violations.addIf(facts.organ(e.organId()).isEmpty(), position, "organ", e.organId());
            case DispatchGroupEstablished e -> established(violations, facts, position, e);
            case DispatchGroupRevoked e -> revoked(violations, facts, position, e);
            case UnitCoverageStarted e ->
                violations.addIf(facts.organ(e.organId()).isEmpty(), position, "organ", e.organId());
            case UnitCoverageEnded e ->
                violations.addIf(facts.unit(e.unitId()).coverage().ended(e).isEmpty(), position, "covered", e.unitId());
            case UnitCoverageTransferred e ->
                violations.addIf(
                        facts.unit(e.unitId()).coverage().transferred(e).isEmpty(), position, "covered", e.unitId());
            case WorkCommitteePlaqueAttached e ->
                violations.addIf(
                        facts.plaques(e.committeeId()).stream()
                                .anyMatch(plaque ->
                                        plaque.period().overlaps(new Period(e.effectiveFrom(), e.effectiveTo()))),
                        position,
                        "plaque",
                        e.committeeId());
            case InternalOrganRecorded e ->
                violations.addIf(facts.unit(e.unitId()).registered().isEmpty(), position, "unit", e.unitId());
            case GroupMemberAppointed e -> appointed(violations, facts, position, e);
            case GroupMemberReleased e ->
                violations.addIf(
                        facts.terms().stream()
                                .noneMatch(term -> term.isOf(e.groupId(), e.personId())
                                        && term.period().canEndOn(e.to())),
                        position,
                        "member",
                        e.personId());
            case HeadDutyRecorded e ->
                violations.addIf(HeadDuties.conflicting(facts, e).isPresent(), position, "duty", e.personId());
            case RotationAssigned e -> assigned(violations, facts, position, e);
            case RotationCompleted e -> closes(violations, facts, position, e.groupId(), e.quarter());
            case RotationReleased e -> closes(violations, facts, position, e.groupId(), e.quarter());
            case VenueStatusChanged e -> venue(violations, facts, position, e);
            case PilotDesignated e -> {
                active(violations, facts, position, e.groupId(), e.from());
                violations.addIf(facts.group(e.groupId()).pilots(e.programme()), position, "pilot", e.programme());
            }
            case GroupAppraised e -> {
                violations.addIf(facts.group(e.groupId()).established().isEmpty(), position, "group", e.groupId());
                violations.addIf(facts.group(e.groupId()).isAppraised(e.year()), position, "appraised", e.groupId());
            }
        }
    }

    private static void established(Violations violations, Facts facts, long position, DispatchGroupEstablished event) {
        violations.addIf(facts.organ(event.organId()).isEmpty(), position, "organ", event.organId());
        violations.addIf(facts.group(event.groupId()).established().isPresent(), position, "id", event.groupId());
        violations.addIf(
                GroupNames.taken(facts, event.groupId(), event.organId(), event.name())
                        .isPresent(),
                position,
                "name",
                event.groupId());
        violations.addIf(
                GroupNames.nonStandard(facts, event.organId(), event.name()).isPresent(),
                position,
                "naming rule",
                event.groupId());
    }

    private static void revoked(Violations violations, Facts facts, long position, DispatchGroupRevoked event) {
        GroupFacts group = facts.group(event.groupId());
        violations.addIf(
                group.active()
                        .filter(active -> event.effectiveTo().isAfter(active.from())
                                && !active.until(event.effectiveTo()).isEmpty()
                                && (active.to() == null || !event.effectiveTo().isAfter(active.to())))
                        .isEmpty(),
                position,
                "group",
                event.groupId());
        violations.addIf(group.revokedOn() != null, position, "revoked", event.groupId());
    }

    private static void appointed(Violations violations, Facts facts, long position, GroupMemberAppointed event) {
        Optional<NamingRuleSet> rule =
                facts.group(event.groupId()).established().flatMap(group -> facts.namingRule(group.organId()));
        violations.addIf(Titles.allowed(event.title().name(), rule).isEmpty(), position, "title", event.personId());
        String post = event.concurrentPost();
        violations.addIf(
                !event.fullTime() && (post == null || post.isBlank()), position, "concurrent post", event.personId());
    }

    private static void assigned(Violations violations, Facts facts, long position, RotationAssigned event) {
        Optional<Period> quarter = Quarter.of(event.quarter()).map(Quarter::period);
        violations.addIf(
                quarter.filter(days -> Deputies.serves(facts, event.groupId(), event.deputyId(), days))
                        .isEmpty(),
                position,
                "deputy",
                event.deputyId());
        violations.addIf(
                facts.group(event.groupId()).rotations().containsKey(event.quarter()),
                position,
                "slot",
                event.groupId());
        violations.addIf(
                facts.group(event.groupId())
                        .active()
                        .filter(active -> quarter.filter(active::overlaps).isPresent())
                        .isEmpty(),
                position,
                "group",
                event.groupId());
    }

    private static void closes(Violations violations, Facts facts, long position, GroupId group, String quarter) {
        GroupFacts.Rotation rotation = facts.group(group).rotations().get(quarter);
        violations.addIf(rotation == null || !rotation.open(), position, "rotation", quarter);
    }

    private static void venue(Violations violations, Facts facts, long position, VenueStatusChanged event) {
        VenueStatusChanged last = facts.venue(event.venueId());
        active(violations, facts, position, event.groupId(), event.on());
        violations.addIf(
                !Venues.mayFollow(last, event.groupId(), event.kind(), event.status())
                        || (last != null && event.on().isBefore(last.on())),
                position,
                "transition",
                event.venueId());
    }

    private static void active(Violations violations, Facts facts, long position, GroupId group, LocalDate day) {
        violations.addIf(
                facts.group(group)
                        .active()
                        .filter(period -> period.contains(day))
                        .isEmpty(),
                position,
                "group",
                group);
    }
}
