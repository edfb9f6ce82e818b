package cn.plumbline.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The appends that go into one block, each checked against those before it.
 */
final class Batch {

    /** An append whose condition an event of the batch contradicts, and the position that the event would have. */
    record Refused(Waiting append, long position) {}

    /** A guess; where there are more, the overlay grows. */
    private static final int TAGS_OF_AN_APPEND = 4;

    private final Chain chain;
    private final JournalSettings settings;
    private final int expected;
    private final long head;
    private final List<Waiting> appends = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<PreparedEvent> events = new ArrayList<>();
    private int bytes;

    /** The events of this batch, as far as a condition had to be checked against them. */
    private @Nullable Index overlay;

    private int overlaid;

    /**
     * @param waiting how many appends there are to take from
     */
    Batch(Chain chain, JournalSettings settings, int waiting) {
        this.chain = chain;
        this.settings = settings;
        expected = Math.min(waiting, settings.maxBlockEvents());
        head = chain.head().position();
    }

    boolean isEmpty() {
        return appends.isEmpty();
    }

    List<Waiting> appends() {
        return appends;
    }

    List<PreparedEvent> events() {
        return events;
    }

    boolean fits(Waiting append) {
        return appends.isEmpty()
                || (events.size() + append.events().size() <= settings.maxBlockEvents()
                        && bytes + append.bytes() <= settings.maxBlockBytes());
    }

    void add(Waiting append) {
        appends.add(append);
        events.addAll(append.events());
        bytes += append.bytes();
    }

    /** Keeps an append that is refused if, and only if, the batch is stored. */
    void refuse(Waiting append, long position) {
        refused.add(new Refused(append, position));
    }

    List<Refused> refused() {
        return refused;
    }

    /** The position that an event of this batch would have that contradicts the append's condition; 0 = none. */
    long conflict(Waiting append) {
        Criteria criteria = append.criteria();
        if (events.isEmpty() || criteria.items().isEmpty()) {
            return 0;
        }
        Scan scan = upToDateOverlay().scan(append.hashedCriteria(), append.marker(), head + events.size());
        for (int position = scan.next(); position != Scan.END; position = scan.next()) {
            NewEvent event = events.get((int) (position - head - 1)).event();
            if (criteria.matches(event.type(), event.tags())) {
                return position;
            }
        }
        return 0;
    }

    private Index upToDateOverlay() {
        Index known = overlay;
        if (known == null) {
            known = chain.overlay(expected * TAGS_OF_AN_APPEND);
            overlay = known;
        }
        for (; overlaid < events.size(); overlaid++) {
            PreparedEvent event = events.get(overlaid);
            known.add(event.event().type(), event.tagHashes());
        }
        return known;
    }
}
