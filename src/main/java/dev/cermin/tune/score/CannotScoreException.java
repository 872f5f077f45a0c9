package dev.cermin.tune.score;

/** A model that cannot be a student, as it gives no likelihood of a given text. The message says what can. */
public final class CannotScoreException extends RuntimeException {
    CannotScoreException(String model, String why, String remedy) {
        super("Model '%s' cannot score a given text: %s. %s.".formatted(model, why, remedy));
    }
}
