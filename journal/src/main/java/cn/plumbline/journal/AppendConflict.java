package cn.plumbline.journal;

/** The append condition does not hold; nothing was appended. Decide again on the facts as they are. */
public final class AppendConflict extends JournalException {

    private static final long serialVersionUID = 1L;

    private final long marker;
    private final long position;

    AppendConflict(long marker, long position) {
        super("An event at position " + position + " matches the criteria, above marker " + marker, null, false);
        this.marker = marker;
        this.position = position;
    }

    /**
     * The marker of the condition.
     *
     * @return a position
     */
    public long marker() {
        return marker;
    }

    /**
     * Where a matching event stands. It is visible here by now, so that a decision on what is read next knows it.
     *
     * @return a position above the marker
     */
    public long position() {
        return position;
    }
}
