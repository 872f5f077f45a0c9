package dev.cermin.verify;

/**
 * What one verifier found.
 *
 * @param verifier its name
 * @param passed whether the answer holds
 * @param message what is wrong; for a pass, what was established
 */
public record Check(String verifier, boolean passed, String message) {
    public static Check pass(String verifier, String message) {
        return new Check(verifier, true, message);
    }

    public static Check fail(String verifier, String message) {
        return new Check(verifier, false, message);
    }
}
