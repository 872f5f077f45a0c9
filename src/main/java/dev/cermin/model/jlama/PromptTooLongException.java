package dev.cermin.model.jlama;

import dev.langchain4j.exception.InvalidRequestException;

/** A prompt or text has more tokens than the model's context takes. */
public final class PromptTooLongException extends InvalidRequestException {
    private final int given;
    private final int fits;

    PromptTooLongException(String what, int given, int fits) {
        super(what + " has " + given + " tokens, and the model takes at most " + fits
                + ". Shorten it, or use a model with a longer context.");
        this.given = given;
        this.fits = fits;
    }

    /** Tokens that were given. */
    public int given() {
        return given;
    }

    /** Tokens that fit. */
    public int fits() {
        return fits;
    }
}
