package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.Levels;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Level;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets another group take over a unit without a gap. Where the group that takes over has an end, the coverage ends with
 * it.
 */
@Title(zh = "单位划转", en = "Transfer coverage")
public record TransferCoverage(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "原机构", en = "From group") GroupId fromGroupId,
        @Title(zh = "现机构", en = "To group") GroupId toGroupId,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return fromGroupId.equals(toGroupId)
                ? List.of(new FieldError("/toGroupId", "SAME_GROUP", "现机构与原机构相同", "The same as fromGroupId"))
                : List.of();
    }

    static final class Decider implements FactsDecider<TransferCoverage> {

        @Override
        public List<CriteriaItem> criteria(Submission<TransferCoverage> submission) {
            TransferCoverage command = submission.command();
            return List.of(
                    Boundaries.group(command.fromGroupId()),
                    Boundaries.group(command.toGroupId()),
                    Boundaries.coverage(command.toGroupId()),
                    Boundaries.unit(command.unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<TransferCoverage> submission, Facts facts) {
            return facts.group(submission.command().toGroupId())
                    .established()
                    .map(event -> List.of(Boundaries.organ(event.organId())))
                    .orElse(List.of());
        }

        @Override
        public Decision decide(Submission<TransferCoverage> submission, Facts facts) {
            TransferCoverage command = submission.command();
            GroupFacts from = facts.group(command.fromGroupId());
            GroupFacts to = facts.group(command.toGroupId());
            Period period = new Period(
                    command.effectiveFrom(), to.active().map(Period::to).orElse(null));
            Rules rules = new Rules();
            CoverageRules.checkBasis(rules, submission, command.effectiveFrom());
            rules.refuseIf(from.established().isEmpty(), () -> new GroupNotFound(from.id()));
            CoverageRules.checkActive(rules, to, command.effectiveFrom());
            checkLevel(rules, facts, command, to, period);
            CoverageRules.checkLast(rules, facts, command.unitId(), from, command.effectiveFrom());
            CoverageRules.checkStandalone(rules, facts, to, command.unitId(), period);
            return rules.orElse(() -> to.established().stream()
                    .flatMap(event -> events(event, command, period).stream())
                    .toList());
        }

        private static void checkLevel(
                Rules rules, Facts facts, TransferCoverage command, GroupFacts to, Period period) {
            Optional<Level> organ = to.established().flatMap(event -> CoverageRules.level(facts, event.organId()));
            UnitRules.exists(rules, facts, command.unitId(), period)
                    .ifPresent(unit -> to.established()
                            .ifPresent(event -> organ.ifPresent(level ->
                                    rules.refuse(Levels.coverage(level, unit, CoverageKind.of(event.kind()))))));
        }

        private static List<DomainEvent> events(DispatchGroupEstablished to, TransferCoverage command, Period period) {
            CoverageKind kind = CoverageKind.of(to.kind());
            List<DomainEvent> events = new ArrayList<>();
            events.add(new UnitCoverageTransferred(
                    command.unitId(),
                    to.organId(),
                    command.fromGroupId(),
                    command.toGroupId(),
                    kind,
                    GroupFacts.role(to.kind(), to.residentUnitId(), command.unitId()),
                    command.effectiveFrom()));
            LocalDate end = period.to();
            if (end != null) {
                events.add(new UnitCoverageEnded(
                        command.unitId(), to.organId(), kind, command.toGroupId(), null, end, "机构期满"));
            }
            return events;
        }
    }
}
