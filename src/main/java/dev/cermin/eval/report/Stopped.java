package dev.cermin.eval.report;

/**
 * Loops that ended for one reason.
 *
 * @param reason such as {@code accepted}
 * @param right items
 * @param wrong items
 */
public record Stopped(String reason, int right, int wrong) {
    public int items() {
        return right + wrong;
    }
}
