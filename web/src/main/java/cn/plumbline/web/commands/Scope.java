package cn.plumbline.web.commands;

import cn.plumbline.command.Attempt;
import cn.plumbline.command.AttemptLog;
import cn.plumbline.events.Actor;
import cn.plumbline.events.Rejection;
import cn.plumbline.web.problems.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What an actor may record: a member of a group only what names the own group. A refusal is kept as an attempt. */
@Component
class Scope {

    private static final String MEMBER = "MEMBER";

    private final AttemptLog attempts;
    private final Clock clock;

    Scope(AttemptLog attempts, Clock clock) {
        this.attempts = attempts;
        this.clock = clock;
    }

    /** The command is about another group than the actor's. */
    @Rejection.Told(Rejection.Order.COMMAND)
    record ForbiddenByScope() implements Rejection {}

    /** Empty when the actor may; otherwise a problem, after the attempt is durable. */
    Mono<Void> check(String command, ObjectNode body, String commandId, Actor actor) {
        if (!actor.role().equals(MEMBER)
                || Objects.equals(actor.orgId(), body.path("groupId").asString(""))) {
            return Mono.empty();
        }
        List<Rejection> rejections = List.of(new ForbiddenByScope());
        Attempt attempt = new Attempt(commandId, command, commandId, actor, clock.instant(), rejections, body, null);
        return attempts.append(attempt).then(Mono.error(() -> ProblemException.rejected(commandId, rejections)));
    }
}
