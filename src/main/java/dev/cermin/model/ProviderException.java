package dev.cermin.model;

import dev.langchain4j.exception.LangChain4jException;
import org.jspecify.annotations.Nullable;

/** A call of a remote model that failed. The message says why, for people, and holds no secret. */
public final class ProviderException extends LangChain4jException {
    private final Failure failure;

    /** @param cause must hold no secret either; null where it would */
    public ProviderException(String message, Failure failure, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
