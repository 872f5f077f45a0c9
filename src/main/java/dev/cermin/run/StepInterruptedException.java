package dev.cermin.run;

/** The thread was interrupted while a step ran; the step has no result and may be run again. */
public final class StepInterruptedException extends RuntimeException {
    public StepInterruptedException(Throwable cause) {
        super("Interrupted while a step ran", cause);
    }
}
