package cn.plumbline.query;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Classification;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.CorrectionEvent.Change;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A growing list of recorded events, positions from 1, each under a command of its own. */
public final class Facts {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Recorded<? extends DomainEvent>> recorded = new ArrayList<>();
    private final String actor;

    public Facts() {
        this("clerk");
    }

    private Facts(String actor) {
        this.actor = actor;
    }

    @CanIgnoreReturnValue
    public Facts add(DomainEvent... events) {
        for (DomainEvent event : events) {
            addRecorded(event);
        }
        return this;
    }

    @CanIgnoreReturnValue
    public Recorded<DomainEvent> addRecorded(DomainEvent event) {
        String commandId = new UUID(1, recorded.size() + 1L).toString();
        Set<Tag> tags = new TreeSet<>(EventCatalogue.tags(event));
        tags.add(new Tag("command", commandId));
        Envelope envelope = new Envelope(
                commandId,
                "Test",
                "",
                commandId,
                null,
                new Actor(actor, "CLERK", null),
                LocalDate.parse("2026-01-01"),
                List.of(),
                null,
                Classification.INTERNAL);
        Recorded<DomainEvent> next = new Recorded<>(
                recorded.size() + 1L, BEGIN.plusSeconds(recorded.size()), commandId + ".1", tags, envelope, event);
        recorded.add(next);
        return next;
    }

    /** Corrects fields of the event at a position. */
    @CanIgnoreReturnValue
    public Facts correct(long position, Map<String, ?> changes) {
        Recorded<? extends DomainEvent> target = at(position);
        ObjectNode old = EventJson.mapper().valueToTree(target.event());
        List<Change> list = new ArrayList<>();
        new LinkedHashMap<>(changes).forEach((field, value) -> {
            JsonNode node = value == null ? null : EventJson.mapper().valueToTree(value);
            list.add(new Change(field, old.get(field), node));
        });
        return add(new RecordCorrected(
                target.id(), position, EventCatalogue.type(target.event().getClass()), tags(target), list, "核对有误"));
    }

    /** Voids the event at a position. */
    @CanIgnoreReturnValue
    public Facts voidAt(long position) {
        Recorded<? extends DomainEvent> target = at(position);
        return add(new RecordVoided(
                target.id(), position, EventCatalogue.type(target.event().getClass()), tags(target), "误录"));
    }

    private static List<Tag> tags(Recorded<? extends DomainEvent> target) {
        return target.tags().stream()
                .filter(tag -> !tag.key().equals("command"))
                .toList();
    }

    public Recorded<? extends DomainEvent> at(long position) {
        return recorded.get((int) position - 1);
    }

    public long head() {
        return recorded.size();
    }

    public List<Recorded<? extends DomainEvent>> all() {
        return List.copyOf(recorded);
    }

    /** The positions of the events of a class, corrections aside. */
    public List<Long> positions(Class<? extends DomainEvent> type) {
        return recorded.stream()
                .filter(each -> type.isInstance(each.event()) && !(each.event() instanceof CorrectionEvent))
                .map(Recorded::position)
                .toList();
    }
}
