package cn.plumbline.command.record;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Title;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says that an earlier event never held; its own effects, and only these, fall away. */
@Title(zh = "作废记录", en = "Void record")
public record VoidRecord(
        @Title(zh = "作废记录", en = "Target event") String targetEventId,
        @Title(zh = "理由", en = "Reason") @Nullable String reason)
        implements Command {

    static final class Decider implements cn.plumbline.command.Decider<VoidRecord, Target> {

        @Override
        public List<CriteriaItem> criteria(Submission<VoidRecord> submission) {
            return List.of(Target.recording(submission.command().targetEventId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<VoidRecord> submission, Target target) {
            return target.records(Set.of());
        }

        @Override
        public List<Recorded<? extends DomainEvent>> folded(List<Recorded<? extends DomainEvent>> history) {
            return history;
        }

        @Override
        public Target initial(Submission<VoidRecord> submission) {
            return new Target(submission.command().targetEventId());
        }

        @Override
        public Target evolve(Target target, Recorded<? extends DomainEvent> event) {
            return target.with(event);
        }

        @Override
        public Decision decide(Submission<VoidRecord> submission, Target target) {
            VoidRecord command = submission.command();
            Rules rules = new Rules();
            CorrectionRules.check(rules, submission, target, command.targetEventId(), command.reason());
            CorrectionRules.checkKind(rules, target, "RecordVoided");
            List<RecordVoided> events = target.effective().stream()
                    .map(event -> new RecordVoided(
                            command.targetEventId(),
                            event.position(),
                            EventCatalogue.type(event.event().getClass()),
                            List.copyOf(target.tags()),
                            String.valueOf(command.reason())))
                    .toList();
            if (!rules.refused()) {
                events.forEach(event -> CorrectionRules.checkLaterRecords(rules, target, event));
            }
            return rules.orElse(() -> events);
        }
    }
}
