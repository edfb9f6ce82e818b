package cn.plumbline.journal.axon;

import org.axonframework.common.AxonNonTransientException;

/** A tracking token that the token store cannot keep, or cannot read. Trying again does not help. */
public final class UnsupportedTokenException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    UnsupportedTokenException(String message) {
        super(message);
    }
}
