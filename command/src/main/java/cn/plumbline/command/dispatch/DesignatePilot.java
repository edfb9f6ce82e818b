package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.GeneralRejection.InvalidTransition;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.List;

/** Lets a group take part in a pilot programme. */
@Title(zh = "确定试点", en = "Designate pilot")
public record DesignatePilot(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "试点项目", en = "Programme") String programme,
        @Title(zh = "起始日期", en = "From") LocalDate from)
        implements Command {

    static final class Decider implements FactsDecider<DesignatePilot> {

        @Override
        public List<CriteriaItem> criteria(Submission<DesignatePilot> submission) {
            GroupId group = submission.command().groupId();
            return List.of(Boundaries.group(group), Boundaries.pilots(group));
        }

        @Override
        public Decision decide(Submission<DesignatePilot> submission, Facts facts) {
            DesignatePilot command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Rules rules = new Rules();
            CoverageRules.checkActive(rules, group, command.from());
            rules.refuseIf(
                    group.pilots(command.programme()),
                    () -> new InvalidTransition(command.programme(), command.programme()));
            return rules.orElseOne(() -> new PilotDesignated(command.groupId(), command.programme(), command.from()));
        }
    }
}
