package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.Venues;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.GeneralRejection.DateBeforeLastChange;
import cn.plumbline.events.GeneralRejection.InvalidTransition;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Title;
import cn.plumbline.events.VenueId;
import cn.plumbline.events.VenueKind;
import cn.plumbline.events.VenueStatus;
import java.time.LocalDate;
import java.util.List;

/**
 * Gives a venue of a group a status from a day on. It begins as anything but closed; a provisional one becomes shared
 * or goes into use, these two may change into each other, and what is closed stays closed.
 */
@Title(zh = "启用场所", en = "Commission venue")
public record CommissionVenue(
        @Title(zh = "场所", en = "Venue") VenueId venueId,
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "类型", en = "Kind") VenueKind kind,
        @Title(zh = "状态", en = "Status") VenueStatus status,
        @Title(zh = "日期", en = "On") LocalDate on)
        implements Command {

    static final class Decider implements FactsDecider<CommissionVenue> {

        @Override
        public List<CriteriaItem> criteria(Submission<CommissionVenue> submission) {
            return List.of(
                    Boundaries.group(submission.command().groupId()),
                    Boundaries.venue(submission.command().venueId()));
        }

        @Override
        public Decision decide(Submission<CommissionVenue> submission, Facts facts) {
            CommissionVenue command = submission.command();
            VenueStatusChanged last = facts.venue(command.venueId());
            Rules rules = new Rules();
            CoverageRules.checkActive(rules, facts.group(command.groupId()), command.on());
            rules.refuseIf(
                    !Venues.mayFollow(last, command.groupId(), command.kind(), command.status()),
                    () -> new InvalidTransition(
                            last == null ? null : last.status().name(),
                            command.status().name()));
            if (last != null && command.on().isBefore(last.on())) {
                rules.refuse(new DateBeforeLastChange(command.on(), last.on()));
            }
            return rules.orElseOne(() -> new VenueStatusChanged(
                    command.venueId(), command.groupId(), command.kind(), command.status(), command.on()));
        }
    }
}
