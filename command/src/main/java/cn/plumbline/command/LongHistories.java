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
 * <p>Holds about {@link #KIB_MAX} KiB; those not used for longest go first, and one that is larger is not kept.
 */
final class LongHistories {

    /** From so many events on a history is worth to be kept. */
    static final int LONG = 32;

    private static final int KIB_MAX = 64 * 1024;

    /** An event with its envelope and tags, without the texts of its payload. */
    private static final int EVENT_BYTES = 1024;

    /** A character of a payload takes up to two bytes. */
    private static final int BYTES_PER_BYTE = 2;

    private final Cache<CriteriaItem, History> byItem = Caffeine.newBuilder()
            .maximumWeight(KIB_MAX)
            .weigher((CriteriaItem item, History history) -> 1 + history.kib())
            .executor(Runnable::run)
            .build();

    /**
     * All events of an item up to the newest of them.
     *
     * @param events in the order of their positions
     * @param bytes of the payloads, as they are stored, at least
     */
    record History(List<Recorded<? extends DomainEvent>> events, long bytes) {

        static final History UNREAD = new History(List.of(), 0);

        History {
            events = List.copyOf(events);
        }

        /** The position of the newest; 0 when there is none. */
        long upTo() {
            return events.isEmpty() ? 0 : events.getLast().position();
        }

        int kib() {
            return (int) ((events.size() * (long) EVENT_BYTES + bytes * BYTES_PER_BYTE) / 1024);
        }

        History with(List<Recorded<? extends DomainEvent>> later, long laterBytes) {
            List<Recorded<? extends DomainEvent>> all = new ArrayList<>(events);
            all.addAll(later);
            return new History(all, bytes + laterBytes);
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
