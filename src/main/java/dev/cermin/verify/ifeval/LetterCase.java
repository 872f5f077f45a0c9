package dev.cermin.verify.ifeval;

import dev.cermin.verify.Verifier;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The checks {@code change_case:…}. */
final class LetterCase {
    /**
     * Where one token ends and another begins. The reference has NLTK's {@code word_tokenize}; this is an approximation
     * of it: white space and punctuation part tokens, hyphens and slashes don't, and {@code IT'S} and {@code DON'T} are
     * two each. NLTK also parts {@code CANNOT} and its like.
     */
    private static final Pattern APART =
            Regex.ofAnyCase("\\s+|[\\[\\](){}<>;@#$%&?!*\"`“”‘’«»„]+|--|\\.{2,}|[,:](?!\\d)"
                    + "|(?<=[^\\s'])(?='(?:s|m|d|ll|re|ve)(?![\\w']))|(?<=\\w)(?=n't(?!\\w))");

    private LetterCase() {}

    static Verifier capitalWords(Relation relation, int words) {
        int limit = TextCheck.limit("capital-frequency", words, 0);
        return TextCheck.of("change_case:capital_word_frequency", response -> {
            int count = (int)
                    APART.splitAsStream(response).filter(LetterCase::isUpper).count();
            return Finding.compared(count, "all-capital word", relation, limit);
        });
    }

    static Verifier englishCapital() {
        return TextCheck.of(
                "change_case:english_capital",
                response -> english(response, LetterCase::isLowerOrTitle, "a capital letter"));
    }

    static Verifier englishLowercase() {
        return TextCheck.of(
                "change_case:english_lowercase",
                response -> english(response, LetterCase::isUpperOrTitle, "in lower case"));
    }

    private static Finding english(String response, IntPredicate wrong, String wanted) {
        int at = 0;
        boolean cased = false;
        while (at < response.length()) {
            int c = response.codePointAt(at);
            int next = at + Character.charCount(c);
            if (wrong.test(c)) {
                return Finding.bad("Not %s: '%s' in %s"
                        .formatted(wanted, Character.toString(c), Texts.around(response, at, next)));
            }
            cased |= isCased(c);
            at = next;
        }
        return cased ? Language.find("en", response) : Finding.bad("No letter is there that has a case");
    }

    /** As Python has it: a letter at least that is upper-case, and none that is not. */
    private static boolean isUpper(String token) {
        return token.codePoints().anyMatch(Character::isUpperCase)
                && token.codePoints().noneMatch(LetterCase::isLowerOrTitle);
    }

    private static boolean isLowerOrTitle(int c) {
        return Character.isLowerCase(c) || Character.isTitleCase(c);
    }

    private static boolean isUpperOrTitle(int c) {
        return Character.isUpperCase(c) || Character.isTitleCase(c);
    }

    private static boolean isCased(int c) {
        return Character.isUpperCase(c) || isLowerOrTitle(c);
    }
}
