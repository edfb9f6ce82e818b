package cn.plumbline.events;

import java.time.Instant;
import java.util.Set;

/**
 * An event as the journal gives it: the fact with its place, its time and who recorded it.
 *
 * @param position its place in the journal, from 1, gapless
 * @param recordedAt when the journal took it; a prefix of the journal is what was known at an instant
 * @param id {@code <commandId>.<n>}
 * @param tags all of its tags
 * @param envelope who, on what basis, by which command
 * @param event the fact, corrections applied where the text says so
 */
public record Recorded<E extends DomainEvent>(
        long position, Instant recordedAt, String id, Set<Tag> tags, Envelope envelope, E event) {

    /** The same place and envelope around another form of the fact. */
    public <F extends DomainEvent> Recorded<F> with(F other) {
        return new Recorded<>(position, recordedAt, id, tags, envelope, other);
    }
}
