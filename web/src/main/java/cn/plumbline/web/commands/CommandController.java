package cn.plumbline.web.commands;

import cn.plumbline.command.Outcome;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.security.Users;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Takes commands, one by one or as a stream of lines. */
@RestController
@RequestMapping("/api/commands")
class CommandController {

    private static final int BAD_REQUEST = 400;
    private static final Pattern POSITION = Pattern.compile("\"(\\d{1,18})\"");

    private final CommandDoor door;
    private final LineDoor lines;

    CommandController(CommandDoor door, LineDoor lines) {
        this.door = door;
        this.lines = lines;
    }

    @PostMapping(
            path = "/{name}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ObjectNode>> send(
            @PathVariable String name,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) Mono<byte[]> body,
            Authentication user) {
        return body.defaultIfEmpty(new byte[0])
                .map(StrictJson::object)
                .flatMap(json -> door.send(name, json, commandId(key), Users.actor(user), position(ifMatch)))
                .map(CommandController::answer);
    }

    @PostMapping(consumes = MediaType.APPLICATION_NDJSON_VALUE, produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<ObjectNode> sendLines(@RequestBody Flux<DataBuffer> body, Authentication user) {
        return lines.send(body, Users.actor(user));
    }

    private static ResponseEntity<ObjectNode> answer(Outcome.Accepted accepted) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (accepted.replayed()) {
            answer.header("Idempotent-Replay", "true");
        }
        return answer.body(Answers.accepted(accepted));
    }

    private static String commandId(@Nullable String key) {
        if (key == null) {
            return UuidCreator.getTimeOrderedEpoch().toString();
        }
        String id = uuid(key);
        if (id == null) {
            throw ProblemException.of(BAD_REQUEST, "BAD_PARAMETER")
                    .with("parameter", "Idempotency-Key")
                    .detail("Idempotency-Key 须为 UUID", "Idempotency-Key must be a UUID");
        }
        return id;
    }

    /** A UUID in its usual form, or null when the text is none. */
    static @Nullable String uuid(String text) {
        try {
            String id = UUID.fromString(text).toString();
            return id.equalsIgnoreCase(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static OptionalLong position(@Nullable String ifMatch) {
        if (ifMatch == null) {
            return OptionalLong.empty();
        }
        Matcher matcher = POSITION.matcher(ifMatch);
        if (!matcher.matches()) {
            throw ProblemException.of(BAD_REQUEST, "BAD_PARAMETER")
                    .with("parameter", "If-Match")
                    .detail("If-Match 须为带引号的位置", "If-Match must be one quoted position");
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }
}
