package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Bases;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.UnitRules;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;

/** Lets a unit cease; its places in bases end with it. */
@Title(zh = "单位撤销", en = "Dissolve unit")
public record DissolveUnit(
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "日期", en = "Date") LocalDate on) implements Command {

    static final class Decider implements FactsDecider<DissolveUnit> {

        @Override
        public List<CriteriaItem> criteria(Submission<DissolveUnit> submission) {
            return List.of(Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<DissolveUnit> submission, Facts facts) {
            return Bases.boundary(facts);
        }

        @Override
        public Decision decide(Submission<DissolveUnit> submission, Facts facts) {
            DissolveUnit command = submission.command();
            Rules rules = new Rules();
            UnitRules.exists(rules, facts, command.unitId(), command.on());
            UnitEnd.checkCoverage(rules, facts, command.unitId(), command.on());
            return rules.orElse(() -> UnitEnd.events(
                    new UnitDissolved(command.unitId(), command.on()), facts, command.unitId(), command.on(), "单位撤销"));
        }
    }
}
