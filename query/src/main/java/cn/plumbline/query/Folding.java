package cn.plumbline.query;

import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.query.DocumentStore.Stored;
import cn.plumbline.query.DocumentStore.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Folds a batch of events into the documents of a store: reads what the batch touches at once, folds in memory, writes
 * it at once. A document that the batch leaves as it was is written too: only that keeps off what a feeder who was
 * replaced still writes to it, which may be a state from the middle of the batch.
 *
 * <p>A record with a correction or a void in the batch is folded anew from the journal, up to the end of the batch.
 */
final class Folding {

    /** How many records are read from the journal at a time. */
    private static final int REFOLDS_AT_ONCE = 4;

    private final Projection projection;
    private final EventSource source;

    Folding(Projection projection, EventSource source) {
        this.projection = projection;
        this.source = source;
    }

    /**
     * Applies a batch.
     *
     * @param batch in the order of positions, all of the projection's types, without a gap of such events before or
     *     between them
     */
    Mono<Void> apply(Target target, List<? extends Recorded<? extends DomainEvent>> batch) {
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        long last = batch.getLast().position();
        Map<String, Work<?>> plan = plan(batch);
        return target.load(plan.keySet())
                .flatMap(found -> Flux.fromIterable(plan.entrySet())
                        .flatMapSequential(
                                each -> folded(each.getValue(), found.get(each.getKey()), last)
                                        .map(stored -> Map.entry(each.getKey(), stored)),
                                REFOLDS_AT_ONCE)
                        .collect(
                                LinkedHashMap<String, Stored>::new, (all, one) -> all.put(one.getKey(), one.getValue()))
                        .flatMap(touched -> target.write(touched, found)));
    }

    private Map<String, Work<?>> plan(List<? extends Recorded<? extends DomainEvent>> batch) {
        Map<String, Work<?>> plan = new LinkedHashMap<>();
        for (Recorded<? extends DomainEvent> recorded : batch) {
            for (Table<?> table : projection.tables()) {
                plan(plan, table, recorded);
            }
        }
        return plan;
    }

    private static <S extends Record> void plan(
            Map<String, Work<?>> plan, Table<S> table, Recorded<? extends DomainEvent> recorded) {
        CorrectionEvent correction = recorded.event() instanceof CorrectionEvent event ? event : null;
        String type = correction == null ? EventCatalogue.type(recorded.event().getClass()) : correction.targetType();
        if (!table.types().contains(type)) {
            return;
        }
        for (String id : table.ids(recorded.tags())) {
            Work<?> work = plan.computeIfAbsent(table.documentId(id), key -> new Work<>(table, id));
            work.events.add(recorded);
            work.corrected |= correction != null;
        }
    }

    private Mono<Stored> folded(Work<?> work, @Nullable Stored stored, long last) {
        return work.corrected ? foldedAnew(work, last) : Mono.fromSupplier(() -> work.fold(stored));
    }

    private Mono<Stored> foldedAnew(Work<?> work, long upTo) {
        Set<String> types = new TreeSet<>(work.table.types());
        types.addAll(Projection.CORRECTIONS);
        return source.read(types, work.table.tags(work.id), 0, upTo)
                .<Recorded<? extends DomainEvent>>map(Function.identity())
                .collectList()
                .map(history -> new Stored(upTo, work.fold(Corrections.effective(history))));
    }

    /** What a batch has for one record. */
    private static final class Work<S extends Record> {

        private final Table<S> table;
        private final String id;
        private final List<Recorded<? extends DomainEvent>> events = new ArrayList<>();
        private boolean corrected;

        Work(Table<S> table, String id) {
            this.table = table;
            this.id = id;
        }

        /** The document after the events, none of which it contains. */
        Stored fold(@Nullable Stored stored) {
            String json = stored == null ? null : stored.json();
            S state = json == null ? null : EventJson.mapper().readValue(json, table.state());
            return new Stored(events.getLast().position(), write(fold(state, events)));
        }

        @Nullable
        String fold(List<Recorded<? extends DomainEvent>> history) {
            return write(fold(null, history));
        }

        private @Nullable S fold(@Nullable S state, List<Recorded<? extends DomainEvent>> history) {
            S folded = state;
            for (Recorded<? extends DomainEvent> recorded : history) {
                // A whole-table document is read by types alone, corrections among them until they are applied.
                if (table.types().contains(EventCatalogue.type(recorded.event().getClass()))) {
                    folded = table.fold().evolve(id, folded, recorded);
                }
            }
            return folded;
        }

        private @Nullable String write(@Nullable S state) {
            return state == null ? null : EventJson.write(state);
        }
    }

    /** The documents of a store, as they were at a position, as a query reads them. */
    static Documents documents(DocumentStore store, long position) {
        return new Documents() {
            @Override
            public <S extends Record> Mono<Map<String, S>> load(Table<S> table, Collection<String> ids) {
                Map<String, String> byDocument =
                        ids.stream().distinct().collect(Collectors.toMap(table::documentId, Function.identity()));
                return store.load(byDocument.keySet(), position).map(found -> {
                    Map<String, S> states = new HashMap<>();
                    found.forEach((documentId, stored) -> {
                        String id = byDocument.get(documentId);
                        if (id != null && stored.json() != null) {
                            states.put(id, EventJson.mapper().readValue(stored.json(), table.state()));
                        }
                    });
                    return states;
                });
            }
        };
    }
}
