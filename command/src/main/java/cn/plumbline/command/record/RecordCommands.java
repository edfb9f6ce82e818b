package cn.plumbline.command.record;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import java.util.List;

/** The commands of this context. */
public final class RecordCommands {

    private static final String CONTEXT = "record";

    private RecordCommands() {}

    /** Every command, with what it may record and be refused with. */
    public static List<CommandDefinition> all() {
        return List.of(
                CommandDefinition.of(
                        CONTEXT,
                        CorrectRecord.class,
                        new CorrectRecord.Decider(),
                        List.of(RecordCorrected.class),
                        "CORRECTION_REASON_REQUIRED",
                        "APPROVAL_MISSING",
                        "PROPOSER_IS_APPROVER",
                        "TARGET_EVENT_NOT_FOUND",
                        "ALREADY_VOIDED",
                        "INVALID_TRANSITION",
                        "CORRECTOR_IS_AUTHOR",
                        "FIELD_NOT_CORRECTABLE",
                        "CORRECTION_BREAKS_LATER_RECORDS"),
                CommandDefinition.of(
                        CONTEXT,
                        VoidRecord.class,
                        new VoidRecord.Decider(),
                        List.of(RecordVoided.class),
                        "CORRECTION_REASON_REQUIRED",
                        "APPROVAL_MISSING",
                        "PROPOSER_IS_APPROVER",
                        "TARGET_EVENT_NOT_FOUND",
                        "ALREADY_VOIDED",
                        "INVALID_TRANSITION",
                        "CORRECTOR_IS_AUTHOR",
                        "CORRECTION_BREAKS_LATER_RECORDS"));
    }
}
