package dev.cermin.redact;

import java.util.List;

/** Finds what one rule is about, in time linear in the text. Thread-safe. */
@FunctionalInterface
interface Finder {
    /** Adds what it finds. */
    void find(String text, List<Span> found);

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
