package dev.cermin.verify.ifeval;

import dev.cermin.verify.SettingException;
import dev.cermin.verify.Verifier;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The checks {@code length_constraints:…}. */
final class Length {
    private static final Pattern WORD = Regex.of("\\w+");
    private static final Pattern DIVIDER = Regex.of("\\s?\\*\\*\\*\\s?");
    private static final Pattern BLANK_LINE = Pattern.compile("\n\n");
    private static final String ENDS = ".,?!'\"";

    private Length() {}

    static Verifier sentences(Relation relation, int sentences) {
        int limit = TextCheck.limit("num-sentences", sentences, 0);
        return TextCheck.of(
                "length_constraints:number_sentences",
                response -> Finding.compared(Sentences.count(response), "sentence", relation, limit));
    }

    static Verifier words(Relation relation, int words) {
        int limit = TextCheck.limit("num-words", words, 0);
        return TextCheck.of(
                "length_constraints:number_words",
                response -> Finding.compared(Regex.count(WORD, response), "word", relation, limit));
    }

    static Verifier paragraphs(int paragraphs) {
        int limit = TextCheck.limit("num-paragraphs", paragraphs, 0);
        return TextCheck.of("length_constraints:number_paragraphs", response -> {
            String[] parts = DIVIDER.split(response, -1);
            int count = parts.length;
            for (int i = 0; i < parts.length; i++) {
                if (Texts.isBlank(parts[i])) {
                    if (i > 0 && i < parts.length - 1) {
                        return Finding.bad("Nothing stands between two of the dividers ***");
                    }
                    count--;
                }
            }
            return Finding.exactly(count, "paragraph", limit).of("Apart by ***");
        });
    }

    static Verifier nthParagraphFirstWord(int paragraphs, int nth, String firstWord) {
        int limit = TextCheck.limit("num-paragraphs", paragraphs, 1);
        if (nth < 1 || nth > limit) {
            throw new SettingException(
                    "nth-paragraph", "a paragraph from 1 to %d is expected, not %d".formatted(limit, nth));
        }
        String wanted = Texts.lower(Texts.strip(firstWord));
        if (wanted.isEmpty() || wanted.chars().anyMatch(c -> Texts.isSpace((char) c) || ENDS.indexOf(c) >= 0)) {
            throw new SettingException(
                    "first-word", "one word without any of %s is expected, not '%s'".formatted(ENDS, firstWord));
        }
        return TextCheck.of("length_constraints:nth_paragraph_first_word", response -> {
            String[] parts = BLANK_LINE.split(response, -1);
            int count = (int)
                    Arrays.stream(parts).filter(part -> !Texts.isBlank(part)).count();
            Finding counted = Finding.exactly(count, "paragraph", limit).of("Apart by blank lines");
            if (!counted.holds()) {
                return counted;
            }
            // an empty paragraph is not counted, and yet has its place in the order, as in the reference
            String found = firstWord(parts[nth - 1]);
            return found.equals(wanted)
                    ? Finding.good("Paragraph %d of %d starts with '%s'".formatted(nth, limit, wanted))
                    : Finding.bad("Paragraph %d starts with '%s', not with '%s'".formatted(nth, found, wanted));
        });
    }

    private static String firstWord(String paragraph) {
        String text = Texts.strip(Texts.strip(Texts.strip(paragraph), '\'', false), '"', false);
        int end = 0;
        while (end < text.length() && !Texts.isSpace(text.charAt(end)) && ENDS.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Texts.lower(text.substring(0, end));
    }
}
