package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;

/** Lets a unit go into another one; its places in bases end with it. */
@Title(zh = "单位合并", en = "Merge unit")
public record MergeUnit(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "并入单位", en = "Merged into") UnitId into,
        @Title(zh = "日期", en = "Date") LocalDate on)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return unitId.equals(into)
                ? List.of(new FieldError("/into", "SAME_UNIT", "不能并入自身", "A unit does not merge into itself"))
                : List.of();
    }

    static final class Decider implements FactsDecider<MergeUnit> {

        @Override
        public List<CriteriaItem> criteria(Submission<MergeUnit> submission) {
            return List.of(
                    Boundaries.unit(submission.command().unitId()),
                    Boundaries.unitLife(submission.command().into()));
        }

        @Override
        public List<CriteriaItem> further(Submission<MergeUnit> submission, Facts facts) {
            return Bases.boundary(facts);
        }

        @Override
        public Decision decide(Submission<MergeUnit> submission, Facts facts) {
            MergeUnit command = submission.command();
            Rules rules = new Rules();
            UnitRules.exists(rules, facts, command.unitId(), command.on());
            UnitRules.exists(rules, facts, command.into(), command.on());
            UnitEnd.checkCoverage(rules, facts, command.unitId(), command.on());
            return rules.orElse(() -> UnitEnd.events(
                    new UnitMerged(command.unitId(), command.into(), command.on()),
                    facts,
                    command.unitId(),
                    command.on(),
                    "单位合并"));
        }
    }
}
