package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.CoverageInterval;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.Term;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchRejection.GroupAlreadyRevoked;
import cn.plumbline.events.DispatchRejection.GroupNotActive;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Revokes a group; its open coverage, places and rotations end with it. */
@Title(zh = "撤销派驻机构", en = "Revoke dispatch group")
public record RevokeDispatchGroup(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "撤销日期", en = "Effective to") LocalDate effectiveTo,
        @Title(zh = "原因", en = "Reason") String reason,

        @Title(zh = "确认监督空白", en = "Acknowledge blind spot") @Nullable
        Boolean acknowledgeBlindSpot)
        implements Command {

    static final class Decider implements FactsDecider<RevokeDispatchGroup> {

        @Override
        public List<CriteriaItem> criteria(Submission<RevokeDispatchGroup> submission) {
            GroupId group = submission.command().groupId();
            return List.of(
                    Boundaries.group(group),
                    Boundaries.coverage(group),
                    Boundaries.members(group),
                    Boundaries.rotations(group));
        }

        @Override
        public List<CriteriaItem> further(Submission<RevokeDispatchGroup> submission, Facts facts) {
            List<CriteriaItem> items = new ArrayList<>(Bases.boundary(facts));
            facts.coverageBy(submission.command().groupId())
                    .forEach(interval -> items.add(Boundaries.unit(interval.unitId())));
            return items;
        }

        @Override
        public Decision decide(Submission<RevokeDispatchGroup> submission, Facts facts) {
            RevokeDispatchGroup command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Optional<DispatchGroupEstablished> established = group.established();
            Rules rules = new Rules().refuseIf(established.isEmpty(), () -> new GroupNotFound(command.groupId()));
            established.ifPresent(event -> checkEnd(rules, event, group, command));
            checkLaterStarts(rules, facts, command);
            if (!rules.refused()) {
                CoverageRules.checkLapse(
                        rules,
                        submission,
                        facts,
                        cut(facts, command).stream()
                                .map(CoverageInterval::unitId)
                                .toList(),
                        command.effectiveTo(),
                        command.acknowledgeBlindSpot());
            }
            return rules.orElse(() -> established.stream()
                    .flatMap(event -> events(event, facts, command).stream())
                    .toList());
        }

        private static void checkEnd(
                Rules rules, DispatchGroupEstablished event, GroupFacts group, RevokeDispatchGroup command) {
            LocalDate revokedOn = group.revokedOn();
            LocalDate end = event.effectiveTo();
            if (revokedOn != null) {
                rules.refuse(new GroupAlreadyRevoked(group.id(), revokedOn));
            }
            rules.refuseIf(
                            end != null && command.effectiveTo().isAfter(end),
                            () -> new GroupNotActive(group.id(), event.effectiveFrom(), end))
                    .refuseIf(
                            !command.effectiveTo().isAfter(event.effectiveFrom()),
                            () -> new DateBeforeLastChange(command.effectiveTo(), event.effectiveFrom()));
        }

        /** Nothing of the group begins on the day or later: it would never have been. */
        private static void checkLaterStarts(Rules rules, Facts facts, RevokeDispatchGroup command) {
            Stream.concat(
                            facts.coverageBy(command.groupId()).stream().map(CoverageInterval::period),
                            facts.terms().stream()
                                    .filter(term -> term.groupId().equals(command.groupId()))
                                    .map(Term::period))
                    .filter(period -> !period.isEmpty() && !period.from().isBefore(command.effectiveTo()))
                    .map(Period::from)
                    .max(Comparator.naturalOrder())
                    .ifPresent(from -> rules.refuse(new DateBeforeLastChange(command.effectiveTo(), from)));
        }

        private static List<CoverageInterval> cut(Facts facts, RevokeDispatchGroup command) {
            return facts.coverageBy(command.groupId()).stream()
                    .filter(interval -> interval.period().canEndOn(command.effectiveTo()))
                    .toList();
        }

        private static List<DomainEvent> events(
                DispatchGroupEstablished group, Facts facts, RevokeDispatchGroup command) {
            List<DomainEvent> events = new ArrayList<>();
            events.add(new DispatchGroupRevoked(
                    command.groupId(), group.organId(), group.name(), command.effectiveTo(), command.reason()));
            cut(facts, command)
                    .forEach(interval ->
                            events.add(CoverageRules.ended(interval, command.effectiveTo(), command.reason())));
            facts.terms().stream()
                    .filter(term -> term.groupId().equals(command.groupId())
                            && term.period().canEndOn(command.effectiveTo()))
                    .map(Term::personId)
                    .distinct()
                    .forEach(person -> events.add(new GroupMemberReleased(
                            command.groupId(), person, command.effectiveTo(), command.reason())));
            facts.group(command.groupId()).rotations().values().stream()
                    .filter(GroupFacts.Rotation::open)
                    .forEach(rotation -> events.add(new RotationReleased(
                            command.groupId(),
                            rotation.quarter(),
                            rotation.deputyId(),
                            command.effectiveTo(),
                            command.reason())));
            return events;
        }
    }
}
