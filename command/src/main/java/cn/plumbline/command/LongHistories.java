package cn.plumbline.command;

import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Recorded;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The long histories that decisions have read lately, so that the next decision on the same record reads only what came
 * after. What is recorded never changes and nothing comes in between, so what was complete up to a position stays so;
 * losing any of it costs time alone. Whether a fact is new is still asked by the append, of the journal itself.
 *
 * <p>Holds at most {@link #EVENTS_MAX} events; those not used for longest go first.
 */
final class LongHistories {

    /** From so many events on a history is worth to be kept. */
    static final int LONG = 32;

    private static final int EVENTS_MAX = 20_000;

    private final Cache<CriteriaItem, History> byItem = Caffeine.newBuilder()
            .maximumWeight(EVENTS_MAX)
            .weigher((CriteriaItem item, History history) ->
                    Math.max(1, history.events().size()))
            .executor(Runnable::run)
            .build();

    /**
     * All events of an item up to the newest of them.
     *
     * @param events in the order of their positions
     */
    record History(List<Recorded<? extends DomainEvent>> events) {

        static final History UNREAD = new History(List.of());

        History {
            events = List.copyOf(events);
        }

        /** The position of the newest; 0 when there is none. */
        long upTo() {
            return events.isEmpty() ? 0 : events.getLast().position();
        }

        History with(List<Recorded<? extends DomainEvent>> later) {
            List<Recorded<? extends DomainEvent>> all = new ArrayList<>(events);
            all.addAll(later);
            return new History(all);
        }
    }

    /** What is known of an item; null when it is not one with a long history. */
    @Nullable
    History find(CriteriaItem item) {
        return byItem.getIfPresent(item);
    }

    /** Keeps what is known of an item. */
    void keep(CriteriaItem item, History history) {
        byItem.put(item, history);
    }
}
