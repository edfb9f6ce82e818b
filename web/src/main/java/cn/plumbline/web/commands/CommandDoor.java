package cn.plumbline.web.commands;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.command.CommandRequest;
import cn.plumbline.command.Decisions;
import cn.plumbline.command.Outcome;
import cn.plumbline.events.Actor;
import cn.plumbline.web.problems.FieldProblem;
import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The one way of a command from a client to its decision, whichever door it came through. */
@Component
public class CommandDoor {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int UNPROCESSABLE = 422;

    private final Decisions decisions;
    private final BodyCheck form;

    CommandDoor(Decisions decisions, BodyCheck form) {
        this.decisions = decisions;
        this.form = form;
    }

    /** The command of a name; a 404 problem when there is none. */
    static CommandDefinition command(String name) {
        return CommandCatalogue.find(name)
                .orElseThrow(
                        () -> ProblemException.of(NOT_FOUND, "UNKNOWN_COMMAND").with("command", name));
    }

    /** Decides; every outcome but an accepted one is a problem. */
    public Mono<Outcome.Accepted> send(
            String name, ObjectNode body, String commandId, Actor actor, OptionalLong ifMatch) {
        return Mono.defer(() -> {
            List<FieldProblem> problems = form.check(command(name), body);
            if (!problems.isEmpty()) {
                return Mono.error(invalid(commandId, problems));
            }
            CommandRequest request = new CommandRequest(name, body, commandId, actor, ifMatch, commandId, null);
            Mono<Outcome> outcome = Scope.contains(body, actor)
                    ? decisions.decide(request)
                    : decisions.refuse(request, new Scope.ForbiddenByScope());
            return outcome.flatMap(CommandDoor::accepted);
        });
    }

    private static Mono<Outcome.Accepted> accepted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> Mono.just(accepted);
            case Outcome.Rejected rejected ->
                Mono.error(ProblemException.rejected(rejected.commandId(), rejected.rejections()));
            case Outcome.Invalid invalid ->
                Mono.error(invalid(
                        invalid.commandId(),
                        invalid.errors().stream()
                                .map(error -> new FieldProblem(
                                        error.pointer(), error.code(), new Message(error.zh(), error.en())))
                                .toList()));
            case Outcome.KeyReused reused ->
                Mono.error(ProblemException.of(UNPROCESSABLE, "IDEMPOTENCY_KEY_REUSED")
                        .with("commandId", reused.commandId()));
            case Outcome.PreconditionFailed failed ->
                Mono.error(ProblemException.of(PRECONDITION_FAILED, "PRECONDITION_FAILED")
                        .with("commandId", failed.commandId())
                        .with("position", failed.position()));
            case Outcome.Conflict conflict ->
                Mono.error(
                        ProblemException.of(CONFLICT, "CONCURRENT_DECISION").with("commandId", conflict.commandId()));
        };
    }

    private static ProblemException invalid(String commandId, List<FieldProblem> problems) {
        return ProblemException.of(BAD_REQUEST, "INVALID")
                .with("commandId", commandId)
                .errors(problems);
    }
}
