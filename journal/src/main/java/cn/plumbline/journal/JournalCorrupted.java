package cn.plumbline.journal;

import org.jspecify.annotations.Nullable;

/** The stored chain is not what was once recorded: a block is missing, unreadable, or does not yield its tree head. */
public final class JournalCorrupted extends JournalException {

    private static final long serialVersionUID = 1L;

    JournalCorrupted(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
