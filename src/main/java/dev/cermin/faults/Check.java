package dev.cermin.faults;

import java.util.List;

/**
 * One thing that must hold.
 *
 * @param says what must hold
 * @param checked of how many
 * @param violations where it doesn't, each with the task's id first where it is one's
 */
public record Check(String says, int checked, List<String> violations) {
    public boolean holds() {
        return violations.isEmpty();
    }
}
