package dev.cermin.trace;

/**
 * Whether a trace is as it was recorded.
 *
 * @param intact whether every hash holds
 * @param complete whether it has the last step of its loop
 * @param steps how many steps hold
 * @param erased how many texts of the steps that hold were erased
 * @param head the hash of the last step that holds, hex; empty where none does
 * @param problem what is wrong, with the first broken step's number; empty where intact
 */
public record Verification(boolean intact, boolean complete, int steps, int erased, String head, String problem) {
    /** Broken at a step: those before it hold, the last of them with this hash. */
    static Verification broken(int number, int erased, String head, String why) {
        return new Verification(false, false, number, erased, head, "step %d: %s".formatted(number, why));
    }
}
