package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import reactor.core.publisher.Mono;

/** What the sender of an accepted command gets: made from the journal, so the first answer and every later one agree. */
final class Receipts {

    private final EventStorageEngine engine;
    private final Clock clock;

    Receipts(EventStorageEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /** The receipt of a command whose events have just been appended. */
    Mono<Outcome> first(CommandDefinition definition, String commandId) {
        SourcingCondition own = SourcingCondition.conditionFor(
                EventMessages.criteria(CriteriaItem.any(EventMessages.commandTag(commandId))));
        return Mono.fromFuture(() -> engine.source(own, null)
                        .filter(entry -> entry.getResource(ConsistencyMarker.RESOURCE_KEY) == null)
                        .reduce(new ArrayList<Recorded<? extends DomainEvent>>(), (events, entry) -> {
                            events.add(EventMessages.recorded(entry));
                            return events;
                        }))
                .map(events -> receipt(definition, commandId, events, false));
    }

    /** The receipt of a command that was recorded before, again. */
    Outcome again(CommandDefinition definition, String commandId, List<Recorded<? extends DomainEvent>> events) {
        return receipt(definition, commandId, events, true);
    }

    /** The receipt of a command that had nothing to do: the journal's head, unmoved. */
    Mono<Outcome> nothingToDo(CommandDefinition definition, String commandId, Command command) {
        return Mono.fromFuture(() -> engine.latestToken(null))
                .map(token -> new Outcome.Accepted(
                        commandId, head(token), clock.instant(), created(definition, command), List.of(), false));
    }

    private static Outcome receipt(
            CommandDefinition definition,
            String commandId,
            List<Recorded<? extends DomainEvent>> events,
            boolean replayed) {
        List<Recorded<? extends DomainEvent>> ordered = events.stream()
                .sorted(Comparator.comparingLong(Recorded::position))
                .toList();
        Recorded<? extends DomainEvent> first = ordered.getFirst();
        return new Outcome.Accepted(
                commandId,
                ordered.getLast().position(),
                first.recordedAt(),
                created(definition, first.event()),
                ordered.stream().map(Receipts::line).toList(),
                replayed);
    }

    private static Outcome.RecordedEvent line(Recorded<? extends DomainEvent> recorded) {
        return new Outcome.RecordedEvent(
                recorded.id(), EventCatalogue.type(recorded.event().getClass()), recorded.position());
    }

    private static long head(TrackingToken token) {
        return Math.max(0, token.position().orElse(0));
    }

    /** The id of what a command creates stands in its first event under the same name. */
    private static Map<String, String> created(CommandDefinition definition, Object fields) {
        return definition
                .createdId()
                .map(field -> Map.of(
                        field,
                        EventJson.mapper().valueToTree(fields).path(field).asString("")))
                .orElse(Map.of());
    }
}
