package cn.plumbline.command.orgregistry;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitAddedToBase;
import cn.plumbline.events.OrgRegistryEvent.UnitDissolved;
import cn.plumbline.events.OrgRegistryEvent.UnitMerged;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRemovedFromBase;
import cn.plumbline.events.OrgRegistryEvent.UnitRenamed;
import java.util.List;

/** The commands of this context. */
public final class OrgRegistryCommands {

    private static final String CONTEXT = "orgregistry";

    private OrgRegistryCommands() {}

    /** Every command, with what it may record and be refused with. */
    public static List<CommandDefinition> all() {
        return List.of(
                CommandDefinition.of(
                                CONTEXT,
                                RegisterOrgan.class,
                                new RegisterOrgan.Decider(),
                                List.of(OrganRegistered.class),
                                "ID_ALREADY_USED",
                                "PARENT_NOT_FOUND")
                        .creating("organId"),
                CommandDefinition.of(
                                CONTEXT,
                                RegisterUnit.class,
                                new RegisterUnit.Decider(),
                                List.of(UnitRegistered.class),
                                "ID_ALREADY_USED",
                                "PARENT_NOT_FOUND",
                                "UNIT_INACTIVE",
                                "UNIT_NAME_DUPLICATE")
                        .creating("unitId"),
                CommandDefinition.of(
                        CONTEXT,
                        RenameUnit.class,
                        new RenameUnit.Decider(),
                        List.of(UnitRenamed.class),
                        "UNIT_NOT_FOUND",
                        "UNIT_NAME_DUPLICATE",
                        "UNIT_INACTIVE",
                        "DATE_BEFORE_LAST_CHANGE"),
                CommandDefinition.of(
                        CONTEXT,
                        MergeUnit.class,
                        new MergeUnit.Decider(),
                        List.of(UnitMerged.class, UnitRemovedFromBase.class),
                        "UNIT_NOT_FOUND",
                        "UNIT_INACTIVE",
                        "UNIT_STILL_COVERED"),
                CommandDefinition.of(
                        CONTEXT,
                        DissolveUnit.class,
                        new DissolveUnit.Decider(),
                        List.of(UnitDissolved.class, UnitRemovedFromBase.class),
                        "UNIT_NOT_FOUND",
                        "UNIT_INACTIVE",
                        "UNIT_STILL_COVERED"),
                CommandDefinition.of(
                                CONTEXT,
                                SetCoverageBase.class,
                                new SetCoverageBase.Decider(),
                                List.of(CoverageBaseSet.class),
                                "ID_ALREADY_USED",
                                "ORGAN_NOT_FOUND",
                                "UNIT_NOT_FOUND",
                                "LEVEL_MISMATCH",
                                "UNIT_INACTIVE",
                                "BASE_OVERLAP")
                        .creating("catalogueId")
                        .onBasis(),
                CommandDefinition.of(
                        CONTEXT,
                        AddUnitToBase.class,
                        new AddUnitToBase.Decider(),
                        List.of(UnitAddedToBase.class),
                        "CATALOGUE_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "LEVEL_MISMATCH",
                        "UNIT_INACTIVE",
                        "UNIT_ALREADY_IN_BASE",
                        "DATE_BEFORE_LAST_CHANGE"),
                CommandDefinition.of(
                        CONTEXT,
                        RemoveUnitFromBase.class,
                        new RemoveUnitFromBase.Decider(),
                        List.of(UnitRemovedFromBase.class),
                        "CATALOGUE_NOT_FOUND",
                        "UNIT_NOT_FOUND",
                        "UNIT_NOT_IN_BASE",
                        "DATE_BEFORE_LAST_CHANGE"),
                CommandDefinition.of(
                                CONTEXT,
                                RecordAreaProfile.class,
                                new RecordAreaProfile.Decider(),
                                List.of(AreaProfileRecorded.class),
                                "NEGATIVE_COUNT",
                                "AS_OF_IN_FUTURE")
                        .creating("areaId"));
    }
}
