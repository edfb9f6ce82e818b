package cn.plumbline.web;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Classification;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import cn.plumbline.journal.NewEvent;
import cn.plumbline.journal.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Events to append to the journal, as an accepted command makes them. */
public final class Facts {

    private Facts() {}

    /** An organ was registered. */
    public static NewEvent organ(String id) {
        return event(new OrganRegistered(new OrganId(id), "机关" + id, Level.PROVINCE, null));
    }

    /** A unit was registered. */
    public static NewEvent unit(String id) {
        return event(new UnitRegistered(new UnitId(id), "单位" + id, null, UnitCategory.GOV_DEPT, Level.PROVINCE, null));
    }

    private static NewEvent event(DomainEvent event) {
        EventDefinition definition = EventCatalogue.of(event.getClass());
        String commandId = UUID.randomUUID().toString();
        Envelope envelope = new Envelope(
                commandId,
                "Record",
                "00",
                commandId,
                null,
                new Actor("clerk", "CLERK", null),
                LocalDate.of(2015, 11, 13),
                List.of(),
                null,
                Classification.INTERNAL);
        Set<Tag> tags = EventCatalogue.tags(event).stream()
                .map(tag -> new Tag(tag.key(), tag.value()))
                .collect(Collectors.toSet());
        tags.add(new Tag("command", commandId));
        return new NewEvent(
                commandId + ".1",
                definition.type(),
                definition.version(),
                Instant.parse("2026-11-22T00:00:00Z"),
                tags,
                envelope.toMetadata(),
                EventJson.mapper().writeValueAsBytes(event));
    }
}
