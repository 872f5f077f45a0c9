package dev.cermin.tune.score;

import dev.cermin.model.ConfiguredModels;
import dev.cermin.tune.Student;

/** Finds the student that a model can be. */
public final class Students {
    private Students() {}

    /**
     * The student that a configured model is. Safe for use by many threads: Jlama's take turns, servers answer as many at
     * once as they have slots. It needs no closing and lives as long as {@code models} are open.
     *
     * @throws IllegalArgumentException for a name that isn't configured
     * @throws CannotScoreException for a model that gives no likelihood of a given text
     */
    public static Student of(ConfiguredModels models, String name) {
        throw new UnsupportedOperationException();
    }

    /** The chat template that the student has itself. */
    static ChatFormat ownFormat(Student student) {
        throw new UnsupportedOperationException();
    }
}
