package cn.plumbline.command.dispatch;

import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
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
                        .creating("groupId"));
    }
}
