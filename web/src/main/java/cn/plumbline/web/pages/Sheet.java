package cn.plumbline.web.pages;

import cn.plumbline.command.CommandDefinition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command with what its form asks for. Pure.
 *
 * @param schema of the form
 * @param target of a correction or a void, null for other commands
 */
record Sheet(
        CommandDefinition command,
        ObjectNode schema,
        @Nullable TargetFields target) {

    /** Whether a command is about an earlier event, which must be known before its form can be shown. */
    static boolean needsTarget(CommandDefinition command) {
        return Arrays.stream(command.type().getRecordComponents())
                .anyMatch(component -> component.getName().equals("targetEventId"));
    }

    static Sheet of(CommandDefinition command) {
        return new Sheet(command, command.schema(), null);
    }

    static Sheet about(CommandDefinition command, TargetFields target) {
        return new Sheet(command, target.form(command.schema()), target);
    }

    /** The position of the earlier event, null when the command is about none. */
    @Nullable
    Long position() {
        return target == null ? null : (Long) target.position();
    }

    /** The body of the command. */
    ObjectNode body(JsonNode values) {
        ObjectNode body = FormBody.of(schema, values);
        return target == null ? body : target.command(body);
    }
}
