package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.OrgRegistryRejection.UnitNotFound;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends the open coverage of a unit by a group. */
@Title(zh = "终止单位监督", en = "End coverage")
public record EndCoverage(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "失效日期", en = "Effective to") LocalDate effectiveTo,
        @Title(zh = "原因", en = "Reason") String reason,

        @Title(zh = "确认监督空白", en = "Acknowledge blind spot") @Nullable
        Boolean acknowledgeBlindSpot)
        implements Command {

    static final class Decider implements FactsDecider<EndCoverage> {

        @Override
        public List<CriteriaItem> criteria(Submission<EndCoverage> submission) {
            return List.of(
                    Boundaries.group(submission.command().groupId()),
                    Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<EndCoverage> submission, Facts facts) {
            return Bases.boundary(facts);
        }

        @Override
        public Decision decide(Submission<EndCoverage> submission, Facts facts) {
            EndCoverage command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Rules rules = new Rules()
                    .refuseIf(group.established().isEmpty(), () -> new GroupNotFound(command.groupId()))
                    .refuseIf(
                            facts.unit(command.unitId()).registered().isEmpty(),
                            () -> new UnitNotFound(command.unitId()));
            CoverageRules.checkLast(rules, facts, command.unitId(), group, command.effectiveTo());
            if (!rules.refused()) {
                CoverageRules.checkLapse(
                        rules,
                        submission,
                        facts,
                        List.of(command.unitId()),
                        command.effectiveTo(),
                        command.acknowledgeBlindSpot());
            }
            return rules.orElse(() -> facts.unit(command.unitId()).coverage().openOf(command.groupId()).stream()
                    .map(interval -> CoverageRules.ended(interval, command.effectiveTo(), command.reason()))
                    .toList());
        }
    }
}
