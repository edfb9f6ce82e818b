package cn.plumbline.query;

import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The states of all documents of a projection by the definition: record by record, corrections first. */
final class Oracles {

    private Oracles() {}

    static Map<String, String> states(Projection projection, List<Recorded<? extends DomainEvent>> history) {
        Map<String, String> states = new HashMap<>();
        projection.tables().forEach(table -> addStates(states, table, Corrections.effective(history)));
        return states;
    }

    private static <S extends Record> void addStates(
            Map<String, String> all, Table<S> table, List<Recorded<? extends DomainEvent>> effective) {
        Map<String, S> states = new HashMap<>();
        for (Recorded<? extends DomainEvent> recorded : effective) {
            if (table.types().contains(EventCatalogue.type(recorded.event().getClass()))) {
                for (String id : table.ids(recorded.tags())) {
                    states.compute(id, (key, state) -> table.fold().evolve(id, state, recorded));
                }
            }
        }
        states.forEach((id, state) -> all.put(table.documentId(id), EventJson.write(state)));
    }
}
