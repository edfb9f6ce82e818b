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
import cn.plumbline.command.facts.Period;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Level;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts one more unit under a group. Without an end the coverage lasts as long as the group does.
 */
@Title(zh = "增加监督单位", en = "Add unit to group")
public record AddUnitToGroup(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,
        @Title(zh = "失效日期", en = "Effective to") @Nullable LocalDate effectiveTo,

        @Title(zh = "取代原有覆盖", en = "Supersede legacy") @Nullable
        Boolean supersedeLegacy)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Periods.faults(effectiveFrom, effectiveTo);
    }

    static final class Decider implements FactsDecider<AddUnitToGroup> {

        @Override
        public List<CriteriaItem> criteria(Submission<AddUnitToGroup> submission) {
            AddUnitToGroup command = submission.command();
            return List.of(
                    Boundaries.group(command.groupId()),
                    Boundaries.coverage(command.groupId()),
                    Boundaries.unit(command.unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<AddUnitToGroup> submission, Facts facts) {
            return facts.group(submission.command().groupId())
                    .established()
                    .map(event -> List.of(Boundaries.organ(event.organId())))
                    .orElse(List.of());
        }

        @Override
        public Decision decide(Submission<AddUnitToGroup> submission, Facts facts) {
            AddUnitToGroup command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            boolean supersedes = Boolean.TRUE.equals(command.supersedeLegacy());
            Rules rules = new Rules();
            CoverageRules.checkBasis(rules, submission, command.effectiveFrom());
            Period period = period(command, group);
            CoverageRules.checkActive(rules, group, period);
            Optional<DispatchGroupEstablished> established = group.established();
            Optional<Level> organ = established.flatMap(event -> CoverageRules.level(facts, event.organId()));
            CoverageKind kind =
                    established.map(event -> CoverageKind.of(event.kind())).orElse(CoverageKind.GROUPED);
            CoverageRules.checkUnit(rules, facts, command.unitId(), organ, kind, period, supersedes);
            CoverageRules.checkStandalone(rules, facts, group, command.unitId(), period);
            return rules.orElse(() -> established.stream()
                    .flatMap(event -> Stream.concat(
                            CoverageRules.superseded(facts, command.unitId(), period, supersedes).stream(),
                            Stream.of(started(event, command, period))))
                    .toList());
        }

        private static Period period(AddUnitToGroup command, GroupFacts group) {
            LocalDate groupEnd = group.active().map(Period::to).orElse(null);
            LocalDate end =
                    command.effectiveTo() == null && groupEnd != null && groupEnd.isAfter(command.effectiveFrom())
                            ? groupEnd
                            : command.effectiveTo();
            return new Period(command.effectiveFrom(), end);
        }

        private static UnitCoverageStarted started(
                DispatchGroupEstablished group, AddUnitToGroup command, Period period) {
            return new UnitCoverageStarted(
                    command.unitId(),
                    group.organId(),
                    CoverageKind.of(group.kind()),
                    command.groupId(),
                    null,
                    GroupFacts.role(group.kind(), group.residentUnitId(), command.unitId()),
                    period.from(),
                    period.to());
        }
    }
}
