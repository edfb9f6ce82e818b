package cn.plumbline.journal;

/** An append does not fit into one block, and it is never split; nothing was appended. */
public final class EventTooLarge extends JournalException {

    private static final long serialVersionUID = 1L;

    EventTooLarge(int events, long bytes, JournalSettings settings) {
        super(
                "An append of " + events + " events and " + bytes + " bytes exceeds " + settings.maxBlockEvents()
                        + " events or " + settings.maxBlockBytes() + " bytes",
                null,
                false);
    }
}
