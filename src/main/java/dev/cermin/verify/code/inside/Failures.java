package dev.cermin.verify.code.inside;

import java.util.stream.Stream;

/** What was thrown, in words that a correction can start from. */
final class Failures {
    private static final int TOLD = 1000;

    private Failures() {}

    /** The message of a failed assertion, else the exception; with the line of the answer that it comes from. */
    static String describe(Throwable thrown) {
        String where = Stream.of(thrown.getStackTrace())
                .filter(frame -> Source.ANSWER.equals(frame.getFileName()))
                .findFirst()
                .map(frame -> " (line " + frame.getLineNumber() + ")")
                .orElse("");
        String message = message(thrown).strip();
        return (message.length() > TOLD ? message.substring(0, TOLD) + "…" : message) + where;
    }

    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return thrown instanceof AssertionError && message != null ? message : String.valueOf(thrown);
        } catch (RuntimeException | StackOverflowError e) {
            // an exception of the answer's own, which fails at this as well
            return thrown.getClass().getName();
        }
    }
}
