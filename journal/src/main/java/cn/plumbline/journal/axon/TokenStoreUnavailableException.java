package cn.plumbline.journal.axon;

import org.axonframework.common.AxonTransientException;

/** The database of the tokens failed or did not answer in time. What was asked may or may not have happened. */
public final class TokenStoreUnavailableException extends AxonTransientException {

    private static final long serialVersionUID = 1L;

    TokenStoreUnavailableException(Throwable cause) {
        super("The token store's database did not answer: " + cause.getMessage(), cause);
    }
}
