package dev.cermin.verify;

/** Neither equal nor different can be proved; what asked for it fails, and says so. */
final class UndecidedException extends ArithmeticException {
    UndecidedException(String message) {
        super(message);
    }
}
