package cn.plumbline.query;

import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A view of its own for tests: how many units are registered, times a factor that stands for a version's logic. */
final class Census implements View {

    private final int version;

    Census(int version) {
        this.version = version;
    }

    /** The state and the answer. */
    record Count(int units) {}

    @Override
    public ViewDefinition definition() {
        return new ViewDefinition(
                "census", version, "单位数", "Census", List.of(), Count.class, Count.class, false, true, false);
    }

    @Override
    public Projection projection() {
        Table<Count> table = Table.of(
                Table.WHOLE,
                Count.class,
                (id, state, event) -> new Count((state == null ? 0 : state.units()) + version),
                List.of(UnitRegistered.class));
        return new Projection("census", version, List.of(table));
    }

    @Override
    @SuppressWarnings("unchecked") // the only table
    public Mono<Answer> answer(Documents documents, ViewRequest request) {
        Table<Count> table = (Table<Count>) projection().tables().getFirst();
        return documents.load(table, List.of(Table.ALL)).map(Map::copyOf).map(found -> {
            Count count = found.getOrDefault(Table.ALL, new Count(0));
            return new Answer(count, count, List.of(), null);
        });
    }
}
