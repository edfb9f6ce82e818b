package cn.plumbline.web.commands;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Rejection;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What an actor may record: a member of a group only what names the own group. */
final class Scope {

    private static final String MEMBER = "MEMBER";

    private Scope() {}

    /** The command is about another group than the actor's. */
    @Rejection.Told(Rejection.Order.COMMAND)
    record ForbiddenByScope() implements Rejection {}

    static boolean contains(ObjectNode body, Actor actor) {
        return !actor.role().equals(MEMBER)
                || Objects.equals(actor.orgId(), body.path("groupId").asString(null));
    }
}
