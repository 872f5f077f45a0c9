package dev.cermin.cli;

/** A command can't go on; the message says what was given, what was expected and what to do. */
class CommandFailure extends RuntimeException {
    CommandFailure(String message) {
        super(message);
    }
}
