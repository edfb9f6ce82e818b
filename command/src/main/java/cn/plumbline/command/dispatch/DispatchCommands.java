package cn.plumbline.command.dispatch;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.DispatchGroupRevoked;
import cn.plumbline.events.DispatchEvent.GroupAppraised;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.GroupMemberReleased;
import cn.plumbline.events.DispatchEvent.HeadDutyRecorded;
import cn.plumbline.events.DispatchEvent.InternalOrganRecorded;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.PilotDesignated;
import cn.plumbline.events.DispatchEvent.RotationAssigned;
import cn.plumbline.events.DispatchEvent.RotationCompleted;
import cn.plumbline.events.DispatchEvent.RotationReleased;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.UnitCoverageTransferred;
import cn.plumbline.events.DispatchEvent.VenueStatusChanged;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import java.util.List;

/** The commands of this context. */
public final class DispatchCommands {

    private static final String CONTEXT = "dispatch";

    private DispatchCommands() {}

    /** Every command, with what it may record and be refused with. */
    public static List<CommandDefinition> all() {
        return List.of(
                CommandDefinition.of(
                        CONTEXT,
                        SetNamingRule.class,
                        new SetNamingRule.Decider(),
                        List.of(NamingRuleSet.class),
                        "ORGAN_NOT_FOUND",
                        "NAME_NOT_STANDARD",
                        "TITLE_NOT_STANDARD"),
                CommandDefinition.of(
                                CONTEXT,
                                EstablishDispatchGroup.class,
                                new EstablishDispatchGroup.Decider(),
                                List.of(
                                        DispatchGroupEstablished.class,
                                        UnitCoverageEnded.class,
                                        UnitCoverageStarted.class),
                                "STANDALONE_ONE_UNIT",
                                "GROUPED_NEEDS_TWO_UNITS",
                                "BASIS_REQUIRED",
                                "EFFECTIVE_BEFORE_BASIS_DOC",
                                "ID_ALREADY_USED",
                                "ORGAN_NOT_FOUND",
                                "UNIT_NOT_FOUND",
                                "NAME_DUPLICATE",
                                "NAME_NOT_STANDARD",
                                "LEVEL_MISMATCH",
                                "UNIT_INACTIVE",
                                "UNIT_ALREADY_COVERED")
                        .creating("groupId"),
                CommandDefinition.of(
                        CONTEXT,
                        AddUnitToGroup.class,
                        new AddUnitToGroup.Decider(),
                        List.of(UnitCoverageEnded.class, UnitCoverageStarted.class),
                        "BASIS_REQUIRED",
                        "EFFECTIVE_BEFORE_BASIS_DOC",
                        "GROUP_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "LEVEL_MISMATCH",
                        "GROUP_NOT_ACTIVE",
                        "UNIT_INACTIVE",
                        "UNIT_ALREADY_COVERED",
                        "STANDALONE_ONE_UNIT"),
                CommandDefinition.of(
                        CONTEXT,
                        TransferCoverage.class,
                        new TransferCoverage.Decider(),
                        List.of(UnitCoverageTransferred.class, UnitCoverageEnded.class),
                        "BASIS_REQUIRED",
                        "EFFECTIVE_BEFORE_BASIS_DOC",
                        "GROUP_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "LEVEL_MISMATCH",
                        "GROUP_NOT_ACTIVE",
                        "UNIT_INACTIVE",
                        "NOT_COVERED_BY_SOURCE",
                        "DATE_BEFORE_LAST_CHANGE",
                        "STANDALONE_ONE_UNIT"),
                CommandDefinition.of(
                        CONTEXT,
                        EndCoverage.class,
                        new EndCoverage.Decider(),
                        List.of(UnitCoverageEnded.class),
                        "APPROVAL_MISSING",
                        "APPROVAL_LEVEL_TOO_LOW",
                        "GROUP_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "NOT_COVERED_BY_SOURCE",
                        "DATE_BEFORE_LAST_CHANGE",
                        "COVERAGE_WOULD_LAPSE"),
                CommandDefinition.of(
                        CONTEXT,
                        RevokeDispatchGroup.class,
                        new RevokeDispatchGroup.Decider(),
                        List.of(
                                DispatchGroupRevoked.class,
                                UnitCoverageEnded.class,
                                GroupMemberReleased.class,
                                RotationReleased.class),
                        "APPROVAL_MISSING",
                        "APPROVAL_LEVEL_TOO_LOW",
                        "GROUP_NOT_FOUND",
                        "GROUP_ALREADY_REVOKED",
                        "GROUP_NOT_ACTIVE",
                        "DATE_BEFORE_LAST_CHANGE",
                        "COVERAGE_WOULD_LAPSE"),
                CommandDefinition.of(
                        CONTEXT,
                        ImportLegacyCoverage.class,
                        new ImportLegacyCoverage.Decider(),
                        List.of(UnitCoverageStarted.class),
                        "ORGAN_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "LEVEL_MISMATCH",
                        "UNIT_INACTIVE",
                        "UNIT_ALREADY_COVERED"),
                CommandDefinition.of(
                                CONTEXT,
                                AttachPlaque.class,
                                new AttachPlaque.Decider(),
                                List.of(
                                        WorkCommitteePlaqueAttached.class,
                                        UnitCoverageEnded.class,
                                        UnitCoverageStarted.class),
                                "BASIS_REQUIRED",
                                "EFFECTIVE_BEFORE_BASIS_DOC",
                                "ORGAN_NOT_FOUND",
                                "UNIT_NOT_FOUND",
                                "LEVEL_MISMATCH",
                                "UNIT_INACTIVE",
                                "UNIT_ALREADY_COVERED",
                                "PLAQUE_ALREADY_ATTACHED")
                        .creating("committeeId"),
                CommandDefinition.of(
                        CONTEXT,
                        RecordInternalOrgan.class,
                        new RecordInternalOrgan.Decider(),
                        List.of(InternalOrganRecorded.class, UnitCoverageStarted.class),
                        "ORGAN_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "LEVEL_MISMATCH",
                        "UNIT_INACTIVE",
                        "UNIT_ALREADY_COVERED"),
                CommandDefinition.of(
                        CONTEXT,
                        AppointGroupMember.class,
                        new AppointGroupMember.Decider(),
                        List.of(GroupMemberAppointed.class, GroupMemberReleased.class),
                        "CONCURRENT_POST_REQUIRED",
                        "GROUP_NOT_FOUND",
                        "TITLE_NOT_STANDARD",
                        "GROUP_NOT_ACTIVE",
                        "INVALID_TRANSITION",
                        "GROUP_ALREADY_HAS_HEAD",
                        "PERSON_HEADS_ANOTHER_GROUP"),
                CommandDefinition.of(
                        CONTEXT,
                        ReleaseGroupMember.class,
                        new ReleaseGroupMember.Decider(),
                        List.of(GroupMemberReleased.class),
                        "GROUP_NOT_FOUND",
                        "MEMBER_NOT_IN_GROUP",
                        "DATE_BEFORE_LAST_CHANGE"),
                CommandDefinition.of(
                        CONTEXT,
                        RecordHeadDuty.class,
                        new RecordHeadDuty.Decider(),
                        List.of(HeadDutyRecorded.class),
                        "UNIT_NOT_FOUND",
                        "HEAD_HAS_BUSINESS_DUTY"),
                CommandDefinition.of(
                        CONTEXT,
                        AssignRotation.class,
                        new AssignRotation.Decider(),
                        List.of(RotationAssigned.class),
                        "QUARTER_IN_PAST",
                        "GROUP_NOT_FOUND",
                        "GROUP_NOT_ACTIVE",
                        "NOT_A_DEPUTY",
                        "ROTATION_SLOT_TAKEN"),
                CommandDefinition.of(
                        CONTEXT,
                        CompleteRotation.class,
                        new CompleteRotation.Decider(),
                        List.of(RotationCompleted.class),
                        "GROUP_NOT_FOUND",
                        "INVALID_TRANSITION"),
                CommandDefinition.of(
                                CONTEXT,
                                CommissionVenue.class,
                                new CommissionVenue.Decider(),
                                List.of(VenueStatusChanged.class),
                                "GROUP_NOT_FOUND",
                                "GROUP_NOT_ACTIVE",
                                "INVALID_TRANSITION",
                                "DATE_BEFORE_LAST_CHANGE")
                        .creating("venueId"),
                CommandDefinition.of(
                        CONTEXT,
                        DesignatePilot.class,
                        new DesignatePilot.Decider(),
                        List.of(PilotDesignated.class),
                        "GROUP_NOT_FOUND",
                        "GROUP_NOT_ACTIVE",
                        "INVALID_TRANSITION"),
                CommandDefinition.of(
                                CONTEXT,
                                AppraiseGroup.class,
                                new AppraiseGroup.Decider(),
                                List.of(GroupAppraised.class),
                                "GROUP_NOT_FOUND",
                                "GROUP_NOT_ACTIVE",
                                "APPRAISAL_DUPLICATE")
                        .onBasis());
    }
}
