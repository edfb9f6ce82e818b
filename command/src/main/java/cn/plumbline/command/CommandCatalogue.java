package cn.plumbline.command;

import cn.plumbline.command.dispatch.DispatchCommands;
import cn.plumbline.command.orgregistry.OrgRegistryCommands;
import cn.plumbline.command.record.RecordCommands;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All commands, by context in the order in which people meet them. */
public final class CommandCatalogue {

    private static final Map<String, CommandDefinition> BY_NAME = new LinkedHashMap<>();

    static {
        for (List<CommandDefinition> context :
                List.of(OrgRegistryCommands.all(), DispatchCommands.all(), RecordCommands.all())) {
            context.forEach(definition -> BY_NAME.put(definition.name(), definition));
        }
    }

    private CommandCatalogue() {}

    /** Every command. */
    public static Collection<CommandDefinition> all() {
        return Collections.unmodifiableCollection(BY_NAME.values());
    }

    /** The command of a name. */
    public static Optional<CommandDefinition> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
