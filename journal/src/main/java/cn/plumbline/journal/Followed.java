package cn.plumbline.journal;

/** What one who follows the journal sees. */
public sealed interface Followed {

    /**
     * The position up to which everything that the follower selects has been delivered, this element included.
     *
     * @return the position
     */
    long position();

    /**
     * An event that the follower's criteria select.
     *
     * @param event the event
     */
    record Event(StoredEvent event) implements Followed {
        @Override
        public long position() {
            return event.position();
        }
    }

    /**
     * The follower has caught up: the journal's head was here, and all selected events up to it have been delivered.
     *
     * @param position the head at that moment
     */
    record Scanned(long position) implements Followed {}
}
