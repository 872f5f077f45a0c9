package dev.cermin.run;

import dev.cermin.loop.StopReason;

/** One more call of the step may not be made. */
final class CutShortException extends Exception {
    private final StopReason reason;

    CutShortException(StopReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    StopReason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
