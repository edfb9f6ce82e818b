package cn.plumbline.command.record;

import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Consistency;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import cn.plumbline.events.UnitId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The record that a correction or a void is about: everything read so far, untouched by corrections. Lives within one
 * fold and is changed by it.
 */
final class Target {

    private final String eventId;
    private final List<Recorded<? extends DomainEvent>> history = new ArrayList<>();

    Target(String eventId) {
        this.eventId = eventId;
    }

    Target with(Recorded<? extends DomainEvent> recorded) {
        history.add(recorded);
        return this;
    }

    /** The events of the command that recorded it, which its id begins with: the first thing to be known. */
    static CriteriaItem recording(String eventId) {
        int dot = eventId.lastIndexOf('.');
        return CriteriaItem.any(new Tag("command", dot > 0 ? eventId.substring(0, dot) : "none"));
    }

    /** The event as it was recorded. */
    Optional<Recorded<? extends DomainEvent>> recorded() {
        return history.stream().filter(event -> event.id().equals(eventId)).findFirst();
    }

    /** The event as it counts today; empty when it has been voided, or is no fact of a context. */
    Optional<Recorded<? extends DomainEvent>> effective() {
        return Corrections.effective(history).stream()
                .filter(event -> event.id().equals(eventId))
                .findFirst();
    }

    /** What was said of the event before, in order. */
    List<Recorded<? extends DomainEvent>> corrections() {
        return history.stream()
                .filter(event -> event.event() instanceof CorrectionEvent correction
                        && correction.targetEventId().equals(eventId))
                .toList();
    }

    /** Its void, where there is one. */
    Optional<Recorded<? extends DomainEvent>> voided() {
        return corrections().stream()
                .filter(event -> event.event() instanceof RecordVoided)
                .findFirst();
    }

    /** Whoever recorded it, and whoever corrected it last. */
    Set<String> authors() {
        Set<String> authors = new LinkedHashSet<>();
        recorded().ifPresent(event -> authors.add(event.envelope().actor().userId()));
        List<Recorded<? extends DomainEvent>> corrections = corrections();
        if (!corrections.isEmpty()) {
            authors.add(corrections.getLast().envelope().actor().userId());
        }
        return authors;
    }

    /** Every tag that the event has, or ever had by a correction, its command's aside. */
    SortedSet<Tag> tags() {
        SortedSet<Tag> tags = new TreeSet<>();
        recorded().ifPresent(event -> tags.addAll(event.tags()));
        corrections().forEach(event -> {
            if (event.event() instanceof CorrectionEvent correction) {
                tags.addAll(correction.targetTags());
            }
        });
        tags.removeIf(tag -> tag.key().equals("command"));
        return tags;
    }

    /**
     * The records that the event belongs to, with what else their rules read: everything with one of its tags, the
     * organ's registration and rule, and the organ's bases where the event is about one. An organ's own history is read
     * only when the event is about the organ itself: nearly everything carries its tag.
     */
    List<CriteriaItem> records(Set<Tag> moreTags) {
        Optional<DomainEvent> target = recorded().map(Recorded::event);
        if (target.isEmpty() || target.get() instanceof CorrectionEvent) {
            return List.of();
        }
        boolean aboutOrgan = target.get() instanceof OrganRegistered || target.get() instanceof NamingRuleSet;
        SortedSet<Tag> tags = tags();
        tags.addAll(moreTags);
        List<CriteriaItem> items = new ArrayList<>();
        for (Tag tag : tags) {
            if (!tag.key().equals("organ")) {
                items.add(CriteriaItem.any(tag));
            } else if (aboutOrgan) {
                items.add(CriteriaItem.any(tag));
            } else {
                OrganId organ = new OrganId(tag.value());
                items.add(Boundaries.organ(organ));
                items.add(Boundaries.bases(organ));
            }
        }
        if (target.get() instanceof OrganRegistered) {
            units().forEach(unit -> items.add(Boundaries.unitLife(unit)));
        }
        return items;
    }

    private Set<UnitId> units() {
        return history.stream()
                .flatMap(event -> event.tags().stream())
                .filter(tag -> tag.key().equals("unit"))
                .map(tag -> new UnitId(tag.value()))
                .collect(Collectors.toSet());
    }

    /** Which records would be illegal with one more correction or void that were not before. */
    List<Long> broken(CorrectionEvent correction) {
        Recorded<? extends DomainEvent> last = history.getLast();
        List<Recorded<? extends DomainEvent>> corrected = new ArrayList<>(history);
        corrected.add(new Recorded<>(Long.MAX_VALUE, last.recordedAt(), "", Set.of(), last.envelope(), correction));
        return Consistency.of(Corrections.effective(corrected))
                .positionsNewSince(Consistency.of(Corrections.effective(history)));
    }
}
