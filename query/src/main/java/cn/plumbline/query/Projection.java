package cn.plumbline.query;

import cn.plumbline.events.CorrectionEvent.RecordCorrected;
import cn.plumbline.events.CorrectionEvent.RecordVoided;
import cn.plumbline.events.EventCatalogue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The read model behind one or more views: documents of some tables, kept in one collection whose name carries the
 * version.
 *
 * @param name in lower case with underscores, such as {@code coverage_map}
 * @param version raised whenever a fold or a state changes; the next start builds the new documents beside the old
 * @param tables with different keys
 */
public record Projection(String name, int version, List<Table<?>> tables) {

    /** The types of events by which other events are corrected. */
    static final Set<String> CORRECTIONS = Set.copyOf(EventCatalogue.types(RecordCorrected.class, RecordVoided.class));

    public Projection {
        tables = List.copyOf(tables);
        if (tables.stream().map(Table::key).distinct().count() != tables.size()) {
            throw new IllegalArgumentException("two tables of " + name + " have one key");
        }
    }

    /** All types of event that may change a document, corrections among them. */
    public Set<String> types() {
        Set<String> types = new TreeSet<>(CORRECTIONS);
        tables.forEach(table -> types.addAll(table.types()));
        return types;
    }
}
