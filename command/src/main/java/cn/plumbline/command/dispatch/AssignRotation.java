package cn.plumbline.command.dispatch;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Deputies;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.command.facts.GroupFacts;
import cn.plumbline.command.facts.Period;
import cn.plumbline.command.facts.Quarter;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchRejection.GroupNotActive;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.DispatchRejection.NotADeputy;
import cn.plumbline.events.DispatchRejection.QuarterInPast;
import cn.plumbline.events.DispatchRejection.RotationSlotTaken;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets a deputy take the group's work for a quarter. */
@Title(zh = "安排轮流值班", en = "Assign rotation")
public record AssignRotation(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "季度", en = "Quarter") String quarter,
        @Title(zh = "副组长", en = "Deputy") PersonId deputyId,
        @Title(zh = "集中办公地点", en = "Host office") String hostOffice,
        @Title(zh = "任务", en = "Tasks") @Nullable List<String> tasks)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Quarter.faults(quarter);
    }

    private Period period() {
        return Quarter.of(quarter).orElseThrow().period();
    }

    static final class Decider implements FactsDecider<AssignRotation> {

        @Override
        public List<CriteriaItem> criteria(Submission<AssignRotation> submission) {
            AssignRotation command = submission.command();
            return List.of(
                    Boundaries.group(command.groupId()),
                    Boundaries.rotation(command.groupId(), command.quarter()),
                    Boundaries.deputy(command.groupId(), command.deputyId()));
        }

        @Override
        public Decision decide(Submission<AssignRotation> submission, Facts facts) {
            AssignRotation command = submission.command();
            LocalDate occurredOn = submission.envelope().occurredOn();
            GroupFacts group = facts.group(command.groupId());
            Period quarter = command.period();
            boolean deputy = Deputies.serves(facts, command.groupId(), command.deputyId(), quarter);
            GroupFacts.Rotation taken = group.rotations().get(command.quarter());
            Rules rules = new Rules()
                    .refuseIf(!quarter.endsAfter(occurredOn), () -> new QuarterInPast(command.quarter(), occurredOn))
                    .refuseIf(group.established().isEmpty(), () -> new GroupNotFound(command.groupId()))
                    .refuse(group.active()
                            .filter(active -> !active.overlaps(quarter))
                            .map(active -> new GroupNotActive(group.id(), active.from(), active.to())))
                    .refuseIf(!deputy, () -> new NotADeputy(command.groupId(), command.deputyId(), command.quarter()));
            if (taken != null) {
                rules.refuse(new RotationSlotTaken(command.groupId(), command.quarter(), taken.deputyId()));
            }
            return rules.orElseOne(() -> new RotationAssigned(
                    command.groupId(), command.quarter(), command.deputyId(), command.hostOffice(), command.tasks()));
        }
    }
}
