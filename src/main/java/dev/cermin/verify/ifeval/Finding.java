package dev.cermin.verify.ifeval;

/**
 * What a check came to.
 *
 * @param holds whether the response does what was asked
 * @param message what is wrong, or what was established
 */
record Finding(boolean holds, String message) {
    static Finding good(String message) {
        return new Finding(true, message);
    }

    static Finding bad(String message) {
        return new Finding(false, message);
    }

    /** {@code 231 words found, at least 300 asked for}. */
    static Finding compared(int count, String noun, Relation relation, int limit) {
        return new Finding(relation.holds(count, limit), found(count, noun) + relation + " " + limit + " asked for");
    }

    static Finding exactly(int count, String noun, int limit) {
        return new Finding(count == limit, found(count, noun) + "exactly " + limit + " asked for");
    }

    /** Says what was counted: {@code 'war': 1 occurrence found, …}. */
    Finding of(String what) {
        return new Finding(holds, what + ": " + message);
    }

    private static String found(int count, String noun) {
        return Texts.count(count, noun) + " found, ";
    }
}
