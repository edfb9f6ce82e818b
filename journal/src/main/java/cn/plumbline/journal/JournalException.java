package cn.plumbline.journal;

import org.jspecify.annotations.Nullable;

/** Why the journal refused or could not do something. The cases are told apart by type, never by message. */
public abstract sealed class JournalException extends RuntimeException
        permits AppendConflict, EventTooLarge, JournalOverloaded, JournalUnavailable, JournalCorrupted {

    private static final long serialVersionUID = 1L;

    JournalException(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, false, withStackTrace);
    }
}
