package dev.cermin.dispatch;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Tells an interrupt of this thread, which ends a question, from a failure. */
final class Interrupted {
    private Interrupted() {}

    static boolean behind(Throwable thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
            if (cause instanceof ExecutionException || cause instanceof CompletionException) {
                return false;
            }
        }
        return false;
    }

    /** What a wait that was interrupted is told by; the thread stays interrupted. */
    static RuntimeException from(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while a call waited", e);
    }
}
