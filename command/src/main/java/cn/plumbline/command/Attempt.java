package cn.plumbline.command;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Rejection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command that the rules refused.
 *
 * @param at when
 * @param rejections why, sorted
 * @param body what was sent; absent when a rejection exists to keep content out
 * @param bodyHash hex SHA-256 of the canonical body; absent when the body is
 */
public record Attempt(
        String commandId,
        String commandName,
        String correlationId,
        Actor actor,
        Instant at,
        List<Rejection> rejections,
        @Nullable ObjectNode body,
        @Nullable String bodyHash) {}
