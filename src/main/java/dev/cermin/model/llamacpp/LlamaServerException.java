package dev.cermin.model.llamacpp;

import dev.langchain4j.exception.InternalServerException;

/** A llama-server does not run or does not answer as one. What it may be in a while is another matter: it can be retried. */
public final class LlamaServerException extends InternalServerException {
    private static final long serialVersionUID = 1;

    LlamaServerException(String message) {
        super(message);
    }

    LlamaServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
