package dev.cermin.tune.source;

/** A record that is no sample; the message becomes the reason of its {@link Reject}. */
final class BrokenRecordException extends RuntimeException {
    BrokenRecordException(String message) {
        super(message);
    }
}
