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
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchRejection.AppraisalDuplicate;
import cn.plumbline.events.DispatchRejection.GroupNotActive;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.List;

/** Grades a group's work of a year. */
@Title(zh = "考核派驻机构", en = "Appraise group")
public record AppraiseGroup(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "年度", en = "Year") int year,
        @Title(zh = "等次", en = "Grade") String grade)
        implements Command {

    private static final int YEAR_MIN = 1949;
    private static final int YEAR_MAX = 9999;

    @Override
    public List<FieldError> faults() {
        return year >= YEAR_MIN && year <= YEAR_MAX
                ? List.of()
                : List.of(new FieldError("/year", "OUT_OF_RANGE", "年度不符合要求", "Not a year of the People's Republic"));
    }

    private Period period() {
        return new Period(LocalDate.of(year, 1, 1), LocalDate.of(year, 1, 1).plusYears(1));
    }

    static final class Decider implements FactsDecider<AppraiseGroup> {

        @Override
        public List<CriteriaItem> criteria(Submission<AppraiseGroup> submission) {
            GroupId group = submission.command().groupId();
            return List.of(Boundaries.group(group), Boundaries.appraisals(group));
        }

        @Override
        public Decision decide(Submission<AppraiseGroup> submission, Facts facts) {
            AppraiseGroup command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            return new Rules()
                    .refuseIf(group.established().isEmpty(), () -> new GroupNotFound(command.groupId()))
                    .refuse(group.active()
                            .filter(active -> !active.overlaps(command.period()))
                            .map(active -> new GroupNotActive(group.id(), active.from(), active.to())))
                    .refuseIf(
                            group.isAppraised(command.year()),
                            () -> new AppraisalDuplicate(command.groupId(), command.year()))
                    .orElseOne(() -> new GroupAppraised(command.groupId(), command.year(), command.grade()));
        }
    }
}
