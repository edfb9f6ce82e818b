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
import cn.plumbline.command.facts.Quarter;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchRejection.GroupNotFound;
import cn.plumbline.events.GeneralRejection.InvalidTransition;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Title;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts on record that a rotation was served. */
@Title(zh = "完成轮流值班", en = "Complete rotation")
public record CompleteRotation(
        @Title(zh = "机构", en = "Group") GroupId groupId,
        @Title(zh = "季度", en = "Quarter") String quarter,
        @Title(zh = "评价", en = "Appraisal") @Nullable String appraisal)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return Quarter.faults(quarter);
    }

    static final class Decider implements FactsDecider<CompleteRotation> {

        @Override
        public List<CriteriaItem> criteria(Submission<CompleteRotation> submission) {
            CompleteRotation command = submission.command();
            return List.of(
                    Boundaries.group(command.groupId()), Boundaries.rotation(command.groupId(), command.quarter()));
        }

        @Override
        public Decision decide(Submission<CompleteRotation> submission, Facts facts) {
            CompleteRotation command = submission.command();
            GroupFacts group = facts.group(command.groupId());
            Optional<GroupFacts.Rotation> rotation =
                    Optional.ofNullable(group.rotations().get(command.quarter()));
            Rules rules = new Rules();
            if (group.established().isEmpty()) {
                rules.refuse(new GroupNotFound(command.groupId()));
            } else if (rotation.filter(GroupFacts.Rotation::open).isEmpty()) {
                rules.refuse(
                        new InvalidTransition(rotation.map(done -> "COMPLETED").orElse(null), "COMPLETED"));
            }
            return rules.orElse(() -> rotation.stream()
                    .map(open -> new RotationCompleted(
                            command.groupId(), command.quarter(), open.deputyId(), command.appraisal()))
                    .toList());
        }
    }
}
