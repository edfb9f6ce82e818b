package cn.plumbline.query;

import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.Recorded;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Documents by the definition: what remains of all events, folded record by record. No batches, no database. */
public final class MemoryDocuments implements Documents {

    private final List<Recorded<? extends DomainEvent>> effective;

    public MemoryDocuments(List<Recorded<? extends DomainEvent>> history) {
        this.effective = Corrections.effective(history);
    }

    @Override
    public <S extends Record> Mono<Map<String, S>> load(Table<S> table, Collection<String> ids) {
        Map<String, S> states = new HashMap<>();
        for (Recorded<? extends DomainEvent> recorded : effective) {
            if (table.types().contains(EventCatalogue.type(recorded.event().getClass()))) {
                for (String id : table.ids(recorded.tags())) {
                    S next = table.fold().evolve(id, states.get(id), recorded);
                    if (next == null) {
                        states.remove(id);
                    } else {
                        states.put(id, next);
                    }
                }
            }
        }
        states.keySet().retainAll(ids);
        return Mono.just(states);
    }
}
