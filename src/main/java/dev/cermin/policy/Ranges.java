package dev.cermin.policy;

/** Apart from the records, whose defaults would otherwise wait for one another to be initialised. */
final class Ranges {
    private Ranges() {}

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
