package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.Term;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.DispatchRejection.MemberNotInGroup;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.List;

/** Ends a person's places in a group; the day is the first on which the person is out. */
@Title(zh = "免职", en = "Release group member")
public record ReleaseGroupMember(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "人员", en = "Person") PersonId personId,
        @Title(zh = "免职日期", en = "To") LocalDate to,
        @Title(zh = "原因", en = "Reason") String reason)
        implements Command {

    static final class Decider implements FactsDecider<ReleaseGroupMember> {

        @Override
        public List<CriteriaItem> criteria(Submission<ReleaseGroupMember> submission) {
            ReleaseGroupMember command = submission.command();
            return List.of(
                    Boundaries.group(command.groupId()),
                    Boundaries.members(command.groupId()),
                    Boundaries.terms(command.personId()));
        }

        @Override
        public Decision decide(Submission<ReleaseGroupMember> submission, Facts facts) {
            ReleaseGroupMember command = submission.command();
            List<Period> running = facts.terms().stream()
                    .filter(term -> term.isOf(command.groupId(), command.personId()))
                    .map(Term::period)
                    .filter(period -> period.endsAfter(command.to()) && !period.isEmpty())
                    .toList();
            Rules rules = new Rules()
                    .refuseIf(
                            facts.group(command.groupId()).established().isEmpty(),
                            () -> new GroupNotFound(command.groupId()))
                    .refuseIf(running.isEmpty(), () -> new MemberNotInGroup(command.groupId(), command.personId()))
                    .refuse(running.stream()
                            .map(Period::from)
                            .filter(from -> !from.isBefore(command.to()))
                            .findFirst()
                            .map(from -> new DateBeforeLastChange(command.to(), from)));
            return rules.orElseOne(() ->
                    new GroupMemberReleased(command.groupId(), command.personId(), command.to(), command.reason()));
        }
    }
}
