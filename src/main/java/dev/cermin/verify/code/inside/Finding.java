package dev.cermin.verify.code.inside;

/**
 * What came of it.
 *
 * @param kind {@code passed}, {@code failed}, or {@code unusable} where the tests are no tests
 */
record Finding(String kind, String message) {
    static Finding passed(String message) {
        return new Finding("passed", message);
    }

    static Finding failed(String message) {
        return new Finding("failed", message);
    }

    static Finding unusable(String message) {
        return new Finding("unusable", message);
    }
}
