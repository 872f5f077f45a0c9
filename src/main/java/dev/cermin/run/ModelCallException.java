package dev.cermin.run;

/** A model call that gave no text; the message names the model and the cause. */
final class ModelCallException extends Exception {
    ModelCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
