package cn.plumbline.journal;

import org.jspecify.annotations.Nullable;

/**
 * The database did not answer in time, or the journal is closed. A read can be repeated. Of an append the outcome is
 * unknown: it may have become visible, or may do so later, as a whole or not at all. Find out by an id among its
 * tags, or repeat it under a condition that excludes its being there twice.
 */
public final class JournalUnavailable extends JournalException {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    JournalUnavailable(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * @param lasting whether it stays so until somebody does what the message says
     */
    JournalUnavailable(String message, @Nullable Throwable cause, boolean lasting) {
        super(message, cause, true);
        this.lasting = lasting;
    }

    /** Whether to try again, now or in a moment, is of use. */
    static boolean isPassing(Throwable failure) {
        return failure instanceof JournalUnavailable unavailable && !unavailable.lasting;
    }
}
