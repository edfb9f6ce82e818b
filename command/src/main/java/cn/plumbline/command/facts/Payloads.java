package cn.plumbline.command.facts;

import cn.plumbline.command.Completeness;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.PartyBodies;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an event's payload must be by itself, whatever else was recorded: what a command's body is checked for. */
public final class Payloads {

    private Payloads() {}

    /** Whether every field that must be there is, and each has one of its values. */
    public static boolean isValid(DomainEvent event, LocalDate today) {
        return event instanceof Record payload
                && Completeness.faults(payload).isEmpty()
                && hasValidValues(event, today);
    }

    private static boolean hasValidValues(DomainEvent event, LocalDate today) {
        return switch (event) {
            case OrganRegistered e -> e.level() != Level.COMMUNITY;
            case AreaProfileRecorded e -> !e.asOf().isAfter(today) && noneNegative(e);
            case NamingRuleSet e ->
                NamePattern.isPattern(e.namePattern())
                        && e.titles().stream()
                                .allMatch(title -> Titles.leader(title).isPresent());
            case DispatchGroupEstablished e -> ends(e.effectiveFrom(), e.effectiveTo());
            case WorkCommitteePlaqueAttached e -> ends(e.effectiveFrom(), e.effectiveTo());
            case InternalOrganRecorded e -> ends(e.effectiveFrom(), e.effectiveTo());
            case UnitCoverageStarted e ->
                ends(e.effectiveFrom(), e.effectiveTo())
                        && e.kind().byGroup() == (e.groupId() != null)
                        && e.kind().byGroup() == (e.role() != null)
                        && (e.kind() == CoverageKind.PLAQUE) == (e.committeeId() != null);
            case UnitCoverageEnded e ->
                e.kind().byGroup() == (e.groupId() != null)
                        && (e.kind() == CoverageKind.PLAQUE) == (e.committeeId() != null);
            case RotationAssigned e -> Quarter.of(e.quarter()).isPresent();
            case RotationCompleted e -> Quarter.of(e.quarter()).isPresent();
            case RotationReleased e -> Quarter.of(e.quarter()).isPresent();
            default -> true;
        };
    }

    private static boolean ends(LocalDate from, @Nullable LocalDate to) {
        return to == null || to.isAfter(from);
    }

    private static boolean noneNegative(AreaProfileRecorded profile) {
        PartyBodies bodies = profile.partyBodies();
        Integer members = profile.members();
        return Stream.of(
                        profile.communities(),
                        profile.residentGroups(),
                        profile.population(),
                        bodies.committees(),
                        bodies.communityCommittees(),
                        bodies.generalBranches(),
                        bodies.branches(),
                        members == null ? 0 : members)
                .allMatch(count -> count >= 0);
    }
}
