package dev.cermin.verify;

import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;

/** The answer has so many characters, words, lines, sentences or paragraphs, and no more or no fewer. Thread-safe. */
public final class LengthVerifier implements Verifier {
    public static final String NAME = "length";
    /** For a limit that is none. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** What is counted. */
    public enum Unit {
        /** Unicode code points, white space included. */
        CHARACTERS,
        /** Runs without white space that have a letter or a digit in them: {@code well-known} is one, {@code —} none. */
        WORDS,
        /** Blank ones too, but not one after the last line break. */
        LINES,
        /** As {@link BreakIterator} tells them apart without a language: {@code Mr. Smith} ends one. */
        SENTENCES,
        /** What blank lines set apart. */
        PARAGRAPHS;

        /** So many of them, in words. */
        String of(long count) {
            String plural = name().toLowerCase(Locale.ROOT);
            return count + " " + (count == 1 ? plural.substring(0, plural.length() - 1) : plural);
        }

        long count(String text) {
            return switch (this) {
                case CHARACTERS -> text.codePointCount(0, text.length());
                case WORDS ->
                    Arrays.stream(text.split("[\\s\\p{Z}]+"))
                            .filter(LengthVerifier::hasContent)
                            .count();
                case LINES -> text.lines().count();
                case SENTENCES -> sentences(text);
                case PARAGRAPHS -> Paragraphs.of(text).size();
            };
        }
    }

    private final Unit unit;
    private final int min;
    private final int max;

    private LengthVerifier(Unit unit, int min, int max) {
        this.unit = unit;
        this.min = min;
        this.max = max;
    }

    /**
     * @param min at least so many, from 0
     * @param max at most so many, or {@link #UNLIMITED}
     */
    public static LengthVerifier of(Unit unit, int min, int max) {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException(
                    "A length from 0 to a larger one is expected, not %d to %d".formatted(min, max));
        }
        return new LengthVerifier(unit, min, max);
    }

    public static LengthVerifier characters(int min, int max) {
        return of(Unit.CHARACTERS, min, max);
    }

    public static LengthVerifier words(int min, int max) {
        return of(Unit.WORDS, min, max);
    }

    public static LengthVerifier lines(int min, int max) {
        return of(Unit.LINES, min, max);
    }

    public static LengthVerifier sentences(int min, int max) {
        return of(Unit.SENTENCES, min, max);
    }

    public static LengthVerifier paragraphs(int min, int max) {
        return of(Unit.PARAGRAPHS, min, max);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        long count = unit.count(answer.output());
        if (count < min) {
            return Check.fail(NAME, message(count, "at least", min, min - count, "few"));
        }
        if (count > max) {
            return Check.fail(NAME, message(count, "at most", max, count - max, "many"));
        }
        return Check.pass(NAME, "The answer has " + unit.of(count));
    }

    private String message(long count, String bound, int limit, long by, String much) {
        return "The answer has %s, and %s %d are asked for: %d too %s"
                .formatted(unit.of(count), bound, limit, by, much);
    }

    private static long sentences(String text) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        long count = 0;
        int from = sentences.first();
        for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
            count += hasContent(text.substring(from, to)) ? 1 : 0;
            from = to;
        }
        return count;
    }

    private static boolean hasContent(String part) {
        return part.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
