package cn.plumbline.command.record;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable;
import cn.plumbline.events.RecordRejection.FieldNotCorrectable.Why;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.events.Title;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Says that fields of an earlier event were wrong, and what they should have been. */
@Title(zh = "更正记录", en = "Correct record")
public record CorrectRecord(
        @Title(zh = "被更正记录", en = "Target event") String targetEventId,
        @Title(zh = "更正内容", en = "Changes") ObjectNode changes,
        @Title(zh = "理由", en = "Reason") @Nullable String reason)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return changes.isEmpty() ? List.of(new FieldError("/changes", "TOO_FEW", "至少一项", "At least one")) : List.of();
    }

    static final class Decider implements cn.plumbline.command.Decider<CorrectRecord, Target> {

        @Override
        public List<CriteriaItem> criteria(Submission<CorrectRecord> submission) {
            return List.of(Target.recording(submission.command().targetEventId()));
        }

        @Override
        public List<CriteriaItem> further(Submission<CorrectRecord> submission, Target target) {
            Set<Tag> newTags = target.effective()
                    .flatMap(event -> Changes.of(
                                    event.event(), submission.command().changes())
                            .corrected(event.event(), submission.today()))
                    .map(EventCatalogue::tags)
                    .orElse(Set.of());
            return target.records(newTags);
        }

        @Override
        public List<Recorded<? extends DomainEvent>> folded(List<Recorded<? extends DomainEvent>> history) {
            return history;
        }

        @Override
        public Target initial(Submission<CorrectRecord> submission) {
            return new Target(submission.command().targetEventId());
        }

        @Override
        public Target evolve(Target target, Recorded<? extends DomainEvent> event) {
            return target.with(event);
        }

        @Override
        public Decision decide(Submission<CorrectRecord> submission, Target target) {
            CorrectRecord command = submission.command();
            Rules rules = new Rules();
            CorrectionRules.check(rules, submission, target, command.targetEventId(), command.reason());
            CorrectionRules.checkKind(rules, target, "RecordCorrected");
            List<RecordCorrected> events = target.effective().stream()
                    .flatMap(event -> correction(rules, submission, target, event).stream())
                    .toList();
            return rules.orElse(() -> events);
        }

        private static Optional<RecordCorrected> correction(
                Rules rules,
                Submission<CorrectRecord> submission,
                Target target,
                Recorded<? extends DomainEvent> event) {
            CorrectRecord command = submission.command();
            Changes changes = Changes.of(event.event(), command.changes());
            changes.faults().forEach(rules::refuse);
            Optional<DomainEvent> corrected = changes.corrected(event.event(), submission.today());
            if (changes.faults().isEmpty() && corrected.isEmpty()) {
                changes.fields().forEach(field -> rules.refuse(new FieldNotCorrectable(field, Why.VALUE)));
            }
            if (rules.refused() || changes.isNone()) {
                return Optional.empty();
            }
            SortedSet<Tag> tags = target.tags();
            corrected.ifPresent(after -> tags.addAll(EventCatalogue.tags(after)));
            RecordCorrected correction = new RecordCorrected(
                    command.targetEventId(),
                    event.position(),
                    EventCatalogue.type(event.event().getClass()),
                    List.copyOf(tags),
                    changes.changes(),
                    String.valueOf(command.reason()));
            CorrectionRules.checkLaterRecords(rules, target, correction);
            return Optional.of(correction);
        }
    }
}
