package dev.cermin.verify.ifeval;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Counts sentences. The reference has NLTK's trained Punkt model; this is an approximation of it: the JDK's rules for
 * English, whatever the case of a sentence's first letter, except that no sentence ends with a title or an initial
 * ({@code Dr. J. Smith}), nor with an abbreviation that a lower-case letter follows ({@code e.g. this}). As with Punkt, a
 * line's end is no sentence's end, and a list's {@code 1.} counts as a sentence.
 */
final class Sentences {
    private static final Pattern TITLE =
            Regex.of("(?:^|[\\s(\"'])(?:(?i:mr|mrs|ms|dr|prof|st|gen|sen|rep|capt|lt|vs)|[A-HJ-Z])\\.\\s*$");
    private static final Pattern ABBREVIATION =
            Regex.of("(?:^|[\\s(\"'])(?:(?:\\p{L}\\.)+\\p{L}|etc|al|approx|inc|ltd|co)\\.\\s*$");
    /** Longer than any of them. */
    private static final int TAIL = 24;

    private Sentences() {}

    static int count(String text) {
        // a BreakIterator is cheap, and not thread-safe
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(capitals(text));
        int count = 0;
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            if (end == text.length() || endsThere(text.substring(Math.max(start, end - TAIL), end), text.charAt(end))) {
                count += Texts.isBlank(text.substring(start, end)) ? 0 : 1;
                start = end;
            }
        }
        return count;
    }

    private static boolean endsThere(String tail, char next) {
        return !TITLE.matcher(tail).find()
                && !(Character.isLowerCase(next) && ABBREVIATION.matcher(tail).find());
    }

    /** Of the same length; the JDK ends no sentence before a lower-case letter. */
    private static String capitals(String text) {
        StringBuilder capitals = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            capitals.setCharAt(i, Character.toUpperCase(text.charAt(i)));
        }
        return capitals.toString();
    }
}
