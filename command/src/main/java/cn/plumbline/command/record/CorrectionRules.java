package cn.plumbline.command.record;

import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.events.Approval;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.GeneralRejection.ApprovalMissing;
import cn.plumbline.events.GeneralRejection.InvalidTransition;
import cn.plumbline.events.GeneralRejection.ProposerIsApprover;
import cn.plumbline.events.RecordRejection.AlreadyVoided;
import cn.plumbline.events.RecordRejection.CorrectionBreaksLaterRecords;
import cn.plumbline.events.RecordRejection.CorrectionReasonRequired;
import cn.plumbline.events.RecordRejection.CorrectorIsAuthor;
import cn.plumbline.events.RecordRejection.TargetEventNotFound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds for corrections and voids alike. */
final class CorrectionRules {

    private CorrectionRules() {}

    /** A reason, an approval by another person, a target that is not one's own and not gone. */
    static void check(
            Rules rules, Submission<?> submission, Target target, String targetEventId, @Nullable String reason) {
        String corrector = submission.envelope().actor().userId();
        Approval approval = submission.envelope().approval();
        rules.refuseIf(reason == null || reason.isBlank(), CorrectionReasonRequired::new);
        if (approval == null) {
            rules.refuse(new ApprovalMissing(null));
        } else {
            rules.refuseIf(
                    approval.approverId().equals(corrector), () -> new ProposerIsApprover(approval.approverId()));
        }
        rules.refuseIf(target.recorded().isEmpty(), () -> new TargetEventNotFound(targetEventId))
                .refuse(target.voided().map(event -> new AlreadyVoided(targetEventId, event.position())))
                .refuseIf(target.authors().contains(corrector), () -> new CorrectorIsAuthor(corrector));
    }

    /** Corrections themselves stand as they are. */
    static void checkKind(Rules rules, Target target, String to) {
        target.recorded()
                .filter(event -> event.event() instanceof CorrectionEvent)
                .ifPresent(event -> rules.refuse(
                        new InvalidTransition(event.event().getClass().getSimpleName(), to)));
    }

    /** No other record becomes illegal; asked last, when there is a correction to ask about. */
    static void checkLaterRecords(Rules rules, Target target, CorrectionEvent correction) {
        List<Long> broken = target.broken(correction);
        rules.refuseIf(!broken.isEmpty(), () -> new CorrectionBreaksLaterRecords(broken));
    }
}
