package dev.cermin.eval.suite;

import dev.cermin.agent.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong in the files of a suite: gathered, so that all of it is told at once. Not thread-safe. */
final class Faults {
    /** Told at most: who has more has the wrong file. */
    static final int TOLD = 20;

    private final List<Fault> told = new ArrayList<>();
    private int count;

    /**
     * @param line from 1; 0 for the whole file
     * @param field empty for the whole line
     * @param message what was given and what was expected
     */
    void add(Path file, int line, String field, String message) {
        count++;
        if (told.size() < TOLD) {
            told.add(new Fault(file.toString(), line, field, message));
        }
    }

    int count() {
        return count;
    }

    void throwIfAny() {
        if (count > 0) {
            throw new SuiteException(told, count - told.size());
        }
    }

    /** A fault that leaves nothing to go on with. */
    static SuiteException only(Path file, String message) {
        return new SuiteException(List.of(new Fault(file.toString(), 0, "", message)), 0);
    }
}
