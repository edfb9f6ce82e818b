package cn.plumbline.journal.axon;

import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Criterion;
import cn.plumbline.journal.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.Position;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;

/** Axon's conditions in the journal's terms. */
final class Conditions {

    private Conditions() {}

    static cn.plumbline.journal.AppendCondition append(AppendCondition condition) {
        if (condition.consistencyMarker().equals(ConsistencyMarker.INFINITY)) {
            return cn.plumbline.journal.AppendCondition.none();
        }
        long seen = Math.max(0, GlobalIndexConsistencyMarker.position(condition.consistencyMarker()));
        return new cn.plumbline.journal.AppendCondition(seen, criteria(condition.criteria()));
    }

    static Criteria criteria(EventCriteria criteria) {
        if (!criteria.hasCriteria()) {
            return Criteria.all();
        }
        List<Criterion> items = new ArrayList<>();
        for (EventCriterion criterion : criteria.flatten()) {
            items.add(new Criterion(names(criterion.types()), tags(criterion.tags())));
        }
        return new Criteria(items);
    }

    /** Axon's first index to read is the number of events, and so the last position, before it. */
    static long after(Position start) {
        return Math.max(0, GlobalIndexPosition.toIndex(start));
    }

    static Set<Tag> tags(Set<org.axonframework.messaging.eventstreaming.Tag> tags) {
        Set<Tag> own = HashSet.newHashSet(tags.size());
        for (org.axonframework.messaging.eventstreaming.Tag tag : tags) {
            own.add(new Tag(tag.key(), tag.value()));
        }
        return own;
    }

    private static Set<String> names(Set<QualifiedName> types) {
        Set<String> names = HashSet.newHashSet(types.size());
        for (QualifiedName type : types) {
            names.add(type.name());
        }
        return names;
    }
}
