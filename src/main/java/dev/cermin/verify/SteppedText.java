package dev.cermin.verify;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that can be read so often and no oftener, so that a pattern that backtracks without end is stopped: after ten
 * million characters read, some tenths of a second. Counting, unlike a clock, gives an answer the same end every time.
 * For one match; not thread-safe.
 */
final class SteppedText implements CharSequence {
    private static final int STEPS = 10_000_000;

    /** Matching was given up. */
    static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLongException(Pattern pattern, String why) {
            super("the pattern %s %s; write it with fewer nested repetitions, or possessive ones such as ++"
                    .formatted(pattern, why));
        }
    }

    private final String text;
    private final Pattern pattern;
    private int left;
    private int furthest = -1;

    SteppedText(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
        this.left = STEPS;
    }

    /** @throws TooLongException where the search takes too many steps, or nests too deeply */
    <T> T search(Function<Matcher, T> search) {
        try {
            return search.apply(pattern.matcher(this));
        } catch (StackOverflowError e) {
            throw new TooLongException(pattern, "nests too deeply on this text");
        }
    }

    /** The index of the last character that was read; -1: none. */
    int furthest() {
        return furthest;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new TooLongException(pattern, "takes more than %d steps on this text".formatted(STEPS));
        }
        furthest = Math.max(furthest, index);
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    /** For what has been found; costs no steps. */
    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
