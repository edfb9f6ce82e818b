package cn.plumbline.command;

import cn.plumbline.events.Actor;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command as a client sends it.
 *
 * @param name of the command in the {@link CommandCatalogue}
 * @param body the fields of the command, and beside them {@code occurredOn}, {@code basis}, {@code approval},
 *     {@code classification}; valid by the command's schema
 * @param commandId the idempotency key, a UUID
 * @param actor the authenticated user
 * @param ifMatch refuse when an event on which the decision depends is newer than this position
 * @param correlationId what several commands of one undertaking share
 * @param causationId the id of the event that led to this, where one did
 */
public record CommandRequest(
        String name,
        ObjectNode body,
        String commandId,
        Actor actor,
        OptionalLong ifMatch,
        String correlationId,
        @Nullable String causationId) {}
