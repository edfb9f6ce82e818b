package cn.plumbline.command;

import cn.plumbline.command.LongHistories.History;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.EventStoreTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * The consistency boundary of one decision while it is read: the items asked for, and the events that they gave. All
 * reading goes through one event store transaction, so what is appended in it stands under all of these items.
 *
 * <p>Corrections and voids match every item by their tags. A correction may bring a record under a tag that it did not
 * have, such as that of a new name; then the record itself is fetched by its id.
 */
final class Boundary {

    private static final Set<String> CORRECTIONS =
            Set.copyOf(EventCatalogue.types(RecordCorrected.class, RecordVoided.class));

    private final EventStoreTransaction transaction;
    private final LongHistories histories;
    private final Set<CriteriaItem> items = new LinkedHashSet<>();
    private final Set<String> fetched = new HashSet<>();
    private final TreeMap<Long, Recorded<? extends DomainEvent>> events = new TreeMap<>();

    Boundary(EventStoreTransaction transaction, LongHistories histories) {
        this.transaction = transaction;
        this.histories = histories;
    }

    /** Reads the items that are new; completes when they, and what corrections refer to, have been read. */
    CompletableFuture<@Nullable Void> widen(Collection<CriteriaItem> wanted) {
        List<CriteriaItem> unread =
                wanted.stream().filter(item -> !items.contains(item)).distinct().toList();
        if (unread.isEmpty()) {
            return fetchTargets();
        }
        items.addAll(unread);
        return read(unread.stream().map(Boundary::withCorrections).toList()).thenCompose(read -> fetchTargets());
    }

    /** Whether all of these have been read. */
    boolean covers(Collection<CriteriaItem> wanted) {
        return items.containsAll(wanted);
    }

    /** Everything read, in the order of positions, corrections and voids included. */
    List<Recorded<? extends DomainEvent>> history() {
        return List.copyOf(events.values());
    }

    /** The position of the newest event read; 0 when there is none. */
    long newest() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    private CompletableFuture<@Nullable Void> fetchTargets() {
        List<CorrectionEvent> missing = new ArrayList<>();
        for (Recorded<? extends DomainEvent> recorded : events.values()) {
            if (recorded.event() instanceof CorrectionEvent correction
                    && !events.containsKey(correction.targetPosition())
                    && isAskedFor(correction)
                    && fetched.add(correction.targetEventId())) {
                missing.add(correction);
            }
        }
        if (missing.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Set<String> ids = new HashSet<>();
        Set<CriteriaItem> targets = new LinkedHashSet<>();
        for (CorrectionEvent correction : missing) {
            ids.add(correction.targetEventId());
            targets.add(new CriteriaItem(
                    Set.of(correction.targetType()),
                    Set.of(EventMessages.commandTag(commandOf(correction.targetEventId())))));
        }
        return source(targets, 0).thenApply(found -> {
            found.events().stream()
                    .filter(recorded -> ids.contains(recorded.id()))
                    .forEach(this::add);
            return null;
        });
    }

    /** The id of the command that recorded an event of this id. */
    static String commandOf(String eventId) {
        int dot = eventId.lastIndexOf('.');
        return dot <= 0 ? eventId : eventId.substring(0, dot);
    }

    /** A correction of a type that no item names only shares a tag with what is decided on. */
    private boolean isAskedFor(CorrectionEvent correction) {
        Set<Tag> tags = Set.copyOf(correction.targetTags());
        return items.stream().anyMatch(item -> item.matches(correction.targetType(), tags));
    }

    private static CriteriaItem withCorrections(CriteriaItem item) {
        if (item.types().isEmpty()) {
            return item;
        }
        Set<String> types = new HashSet<>(item.types());
        types.addAll(CORRECTIONS);
        return new CriteriaItem(types, item.tags());
    }

    /**
     * Reads short histories together, and of each long one what is not known yet. One after the other: a read may end on
     * a thread of the journal's, and what was read is for one thread at a time.
     */
    private CompletableFuture<@Nullable Void> read(List<CriteriaItem> wanted) {
        List<CriteriaItem> together = new ArrayList<>();
        CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);
        for (CriteriaItem item : wanted) {
            History known = histories.find(item);
            if (known == null) {
                together.add(item);
            } else {
                done = done.thenCompose(before -> readOn(item, known));
            }
        }
        return together.isEmpty() ? done : done.thenCompose(before -> readWhole(together));
    }

    private CompletableFuture<@Nullable Void> readWhole(List<CriteriaItem> together) {
        return source(together, 0).thenApply(found -> {
            found.events().forEach(this::add);
            together.stream()
                    .filter(item -> isLong(item, found.events()))
                    .forEach(item -> histories.keep(item, History.UNREAD));
            return null;
        });
    }

    /** From its last event on: Axon's engine in memory never ends a stream that begins behind its end. */
    private CompletableFuture<@Nullable Void> readOn(CriteriaItem item, History known) {
        return source(List.of(item), Math.max(0, known.upTo() - 1)).thenApply(found -> {
            List<Recorded<? extends DomainEvent>> later = found.events().stream()
                    .filter(recorded -> recorded.position() > known.upTo())
                    .toList();
            known.events().forEach(this::add);
            later.forEach(this::add);
            if (!later.isEmpty()) {
                histories.keep(item, known.with(later, found.bytes()));
            }
            return null;
        });
    }

    /** By the tags that follow from the events now; so this only decides what is kept, not what is read. */
    private static boolean isLong(CriteriaItem item, List<Recorded<? extends DomainEvent>> found) {
        return found.size() >= LongHistories.LONG
                && found.stream()
                                .filter(recorded -> item.matches(
                                        EventCatalogue.type(recorded.event().getClass()), recorded.tags()))
                                .count()
                        >= LongHistories.LONG;
    }

    private void add(Recorded<? extends DomainEvent> recorded) {
        events.put(recorded.position(), recorded);
    }

    /** What a read gave. */
    private static final class Found {

        private final List<Recorded<? extends DomainEvent>> events = new ArrayList<>();
        private long bytes;

        List<Recorded<? extends DomainEvent>> events() {
            return events;
        }

        /** Of the payloads, as they are stored. */
        long bytes() {
            return bytes;
        }

        void add(MessageStream.Entry<? extends EventMessage> entry) {
            events.add(EventMessages.recorded(entry));
            bytes += entry.message().payload() instanceof byte[] json ? json.length : 0;
        }
    }

    private CompletableFuture<Found> source(Collection<CriteriaItem> wanted, long after) {
        List<EventCriteria> criteria =
                wanted.stream().map(EventMessages::criteria).toList();
        MessageStream<? extends EventMessage> stream = transaction.source(SourcingCondition.conditionFor(
                new GlobalIndexConsistencyMarker(after).position(),
                criteria.size() == 1 ? criteria.getFirst() : EventCriteria.either(criteria)));
        return stream.reduce(new Found(), (found, entry) -> {
            found.add(entry);
            return found;
        });
    }
}
