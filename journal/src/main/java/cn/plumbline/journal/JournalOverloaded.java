package cn.plumbline.journal;

/** The queue of appends is full; nothing was appended. Try again later. */
public final class JournalOverloaded extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalOverloaded(int appends) {
        super(appends + " appends are waiting, and no more fit into the queue", null, false);
    }
}
