package cn.plumbline.journal.axon;

import cn.plumbline.journal.JournalException;
import org.axonframework.common.AxonTransientException;

/** The journal cannot do it now and may be able to later; the cause says which of its failures this is. */
public final class JournalTransientException extends AxonTransientException {

    private static final long serialVersionUID = 1L;

    JournalTransientException(JournalException cause) {
        super(cause.getMessage(), cause);
    }
}
