package dev.cermin.run;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Tells an interrupt of this thread from a failure. */
final class Interrupts {
    private Interrupts() {}

    /** Whether the thread was interrupted; where only the exception still knows, the thread is told again. */
    static boolean behind(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return true;
            }
            if (cause instanceof ExecutionException || cause instanceof CompletionException) {
                // what is behind that happened to another thread
                return false;
            }
        }
        return false;
    }
}
