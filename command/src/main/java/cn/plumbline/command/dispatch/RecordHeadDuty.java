package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.HeadDuties;
import cn.plumbline.events.DispatchEvent.HeadDutyRecorded;
import cn.plumbline.events.DispatchRejection.HeadHasBusinessDuty;
import cn.plumbline.events.OrgRegistryRejection.UnitNotFound;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.Title;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.List;

/** Puts a duty of a person in a unit on record. */
@Title(zh = "记录分管工作", en = "Record head duty")
public record RecordHeadDuty(
        @Title(zh = "人员", en = "Person") PersonId personId,
        @Title(zh = "单位", en = "Unit") UnitId unitId,
        @Title(zh = "工作", en = "Duty") String duty,
        @Title(zh = "属业务工作", en = "Business duty") boolean isBusiness,
        @Title(zh = "起始日期", en = "From") LocalDate from)
        implements Command {

    static final class Decider implements FactsDecider<RecordHeadDuty> {

        @Override
        public List<CriteriaItem> criteria(Submission<RecordHeadDuty> submission) {
            return List.of(
                    Boundaries.terms(submission.command().personId()),
                    Boundaries.unit(submission.command().unitId()));
        }

        @Override
        public Decision decide(Submission<RecordHeadDuty> submission, Facts facts) {
            RecordHeadDuty command = submission.command();
            Rules rules = new Rules()
                    .refuseIf(
                            facts.unit(command.unitId()).registered().isEmpty(),
                            () -> new UnitNotFound(command.unitId()));
            HeadDutyRecorded duty = new HeadDutyRecorded(
                    command.personId(), command.unitId(), command.duty(), command.isBusiness(), command.from());
            rules.refuse(HeadDuties.conflicting(facts, duty)
                    .map(group -> new HeadHasBusinessDuty(command.personId(), command.unitId(), group)));
            return rules.orElseOne(() -> duty);
        }
    }
}
