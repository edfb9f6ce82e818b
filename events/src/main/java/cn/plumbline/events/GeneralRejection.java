package cn.plumbline.events;

import static cn.plumbline.events.Rejection.Order.COMMAND;
import static cn.plumbline.events.Rejection.Order.EXISTENCE;
import static cn.plumbline.events.Rejection.Order.INTERVALS;
import static cn.plumbline.events.Rejection.Order.LIFE_CYCLE;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejections that commands of every context share. */
public sealed interface GeneralRejection extends Rejection {

    /** A state secret, or a classification that nobody knows: it does not belong on this system. The value is not repeated. */
    @Told(COMMAND)
    record ClassifiedContentNotAllowed() implements GeneralRejection {}

    /** A text holds what looks like an identity card or telephone number; where, but never what. */
    @Told(COMMAND)
    record PiiInEvent(String pointer) implements GeneralRejection {}

    /** The command is larger than what an event may hold. */
    @Told(COMMAND)
    record EventTooLarge(long bytes, long bytesMax) implements GeneralRejection {}

    /** The act needs a document on which it rests. */
    @Told(COMMAND)
    record BasisRequired() implements GeneralRejection {}

    /** The act takes effect before the earliest of its documents was issued. */
    @Told(COMMAND)
    record EffectiveBeforeBasisDoc(LocalDate effectiveFrom, LocalDate issuedOn) implements GeneralRejection {}

    /** The act needs an approval, at least of the given level where there is one. */
    @Told(COMMAND)
    record ApprovalMissing(@Nullable ApprovalLevel required) implements GeneralRejection {}

    /** The approval is of a lower level than the act needs. */
    @Told(COMMAND)
    record ApprovalLevelTooLow(ApprovalLevel given, ApprovalLevel required) implements GeneralRejection {}

    /** Whoever proposes an act cannot approve it. */
    @Told(COMMAND)
    record ProposerIsApprover(String approverId) implements GeneralRejection {}

    /** The id names something else already. */
    @Told(EXISTENCE)
    record IdAlreadyUsed(String id, List<Long> conflictingPositions) implements GeneralRejection {}

    /** The state does not allow the act; {@code from} is absent where there is no state. */
    @Told(LIFE_CYCLE)
    record InvalidTransition(@Nullable String from, String to) implements GeneralRejection {}

    /** The day is not after the change that it follows. */
    @Told(INTERVALS)
    record DateBeforeLastChange(LocalDate date, LocalDate lastChange) implements GeneralRejection {}
}
