package cn.plumbline.web.commands;

import cn.plumbline.events.Actor;
import cn.plumbline.events.EventJson;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.problems.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes commands as lines and answers each with a line, in order. The results are as if the lines were decided one
 * after the other; lines that cannot touch each other are under way together.
 */
@Component
public class LineDoor {

    /** How many lines are under way at most; with lines of a mebibyte it is also the bound of the memory. */
    private static final int WINDOW = 64;

    private final CommandDoor door;
    private final Problems problems;

    LineDoor(CommandDoor door, Problems problems) {
        this.door = door;
        this.problems = problems;
    }

    /**
     * Decides the commands of a stream.
     *
     * @return one result or problem for each line that is not blank, with its number; a bad line does not end it
     */
    public Flux<ObjectNode> send(Flux<DataBuffer> bytes, Actor actor) {
        return Flux.defer(() -> {
            Underway underway = new Underway();
            return LineSplitter.split(bytes)
                    .map(line -> prepare(line, actor, underway))
                    .flatMapSequential(Turn::result, WINDOW, 1);
        });
    }

    private Turn prepare(Line line, Actor actor, Underway underway) {
        LineCommand command;
        try {
            command = LineCommand.of(line);
        } catch (ProblemException problem) {
            return new Turn(Mono.just(numbered(line, json(problem))));
        }
        Sinks.Empty<Void> done = Sinks.empty();
        Mono<Void> ready = underway.enter(Reach.of(command), done);
        Mono<ObjectNode> result = ready.then(Mono.defer(() -> door.send(
                        command.definition().name(), command.data(), command.id(), actor, OptionalLong.empty())))
                .map(accepted -> {
                    ObjectNode answer = Answers.accepted(accepted);
                    return accepted.replayed() ? answer.put("replayed", true) : answer;
                })
                .onErrorResume(failure -> Mono.just(json(failure)))
                .map(answer -> numbered(line, answer))
                .doFinally(signal -> done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST));
        return new Turn(result);
    }

    private ObjectNode json(Throwable failure) {
        return EventJson.mapper().valueToTree(problems.of(failure).body(Locale.CHINESE));
    }

    private static ObjectNode numbered(Line line, ObjectNode answer) {
        return answer.put("line", line.number());
    }

    /** A line with what is to be done for it. */
    private record Turn(Mono<ObjectNode> result) {}

    /** The lines that are not finished, in order; each waits for those before it that it may touch. */
    private static final class Underway {

        private record Entry(Reach reach, Sinks.Empty<Void> done) {}

        private final List<Entry> entries = new ArrayList<>();

        synchronized Mono<Void> enter(Reach reach, Sinks.Empty<Void> done) {
            entries.removeIf(entry -> Boolean.TRUE.equals(entry.done.scan(Scannable.Attr.TERMINATED)));
            List<Mono<Void>> before = entries.stream()
                    .filter(entry -> entry.reach.touches(reach))
                    .map(entry -> entry.done.asMono())
                    .toList();
            entries.add(new Entry(reach, done));
            return Mono.when(before);
        }
    }
}
