package cn.plumbline.web.boot;

import cn.plumbline.command.Attempt;
import cn.plumbline.command.AttemptLog;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Rejection;
import cn.plumbline.journal.AppendCondition;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Keeps refused commands in a chain of their own, as provable as the journal and never part of it. */
final class JournalAttempts implements AttemptLog {

    /** The type of every entry of the chain. */
    static final String TYPE = "platform.CommandRejected";

    private final Journal attempts;

    JournalAttempts(Journal attempts) {
        this.attempts = attempts;
    }

    /** What an entry says. */
    record Entry(
            String commandId,
            String commandName,
            String correlationId,
            String actor,
            String actorRole,
            List<Reason> rejections,
            @Nullable ObjectNode body,
            @Nullable String bodyHash) {}

    /** One rejection. */
    record Reason(String code, Map<String, Object> data) {}

    @Override
    public Mono<Void> append(Attempt attempt) {
        return Mono.defer(() -> attempts.append(List.of(event(attempt)), AppendCondition.none()))
                .then();
    }

    private static NewEvent event(Attempt attempt) {
        Entry entry = new Entry(
                attempt.commandId(),
                attempt.commandName(),
                attempt.correlationId(),
                attempt.actor().userId(),
                attempt.actor().role(),
                attempt.rejections().stream().map(JournalAttempts::reason).toList(),
                attempt.body(),
                attempt.bodyHash());
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("commandId", attempt.commandId());
        metadata.put("actor", attempt.actor().userId());
        return new NewEvent(
                // One command may be refused many times: each attempt is an entry of its own.
                attempt.commandId() + "." + UUID.randomUUID(),
                TYPE,
                "1",
                attempt.at(),
                Set.of(new Tag("command", attempt.commandId())),
                metadata,
                EventJson.mapper().writeValueAsBytes(entry));
    }

    private static Reason reason(Rejection rejection) {
        return new Reason(rejection.code(), rejection.data());
    }
}
