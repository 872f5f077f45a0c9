package dev.cermin.redact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One family of secrets. Its regex is tried only where its word stands, and looks at no more than a few hundred characters
 * beyond it, or at each character once: the time is linear.
 *
 * @param name of its marks
 * @param word that all of them have, of three characters or more
 * @param pattern from the word on; its first group goes, where it has one
 * @param before what may not stand right before the word
 * @param drawn how much what goes must look drawn at random
 */
record SecretRule(String name, String word, Pattern pattern, Before before, Drawn drawn) {
    enum Before {
        ANYTHING,
        NO_LETTER,
        NO_TOKEN
    }

    enum Drawn {
        NO_MATTER,
        /** It has a digit. */
        DIGIT,
        /** A digit and a letter, as passwords have. */
        MIXED,
        /** The same, and three bits of entropy a character. */
        RANDOM
    }

    private static final double BITS = 3;

    static SecretRule token(String name, String word, String regex) {
        return new SecretRule(name, word, Pattern.compile(regex), Before.NO_LETTER, Drawn.NO_MATTER);
    }

    SecretRule when(Drawn how) {
        return new SecretRule(name, word, pattern, before, how);
    }

    SecretRule after(Before what) {
        return new SecretRule(name, word, pattern, what, drawn);
    }

    /** Whether its word stands there, with nothing before it that makes it another word. */
    boolean stands(String text, int at) {
        boolean folded = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
        return text.regionMatches(folded, at, word, 0, word.length()) && fits(text, at);
    }

    /** What goes of the secret whose word stands there; null where there is none. */
    @Nullable
    Span find(int at, String text, Matcher matcher) {
        matcher.region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        int group = matcher.groupCount() > 0 ? 1 : 0;
        return looksDrawn(text, matcher.start(group), matcher.end(group))
                ? new Span(matcher.start(group), tokenEnd(text, matcher.end(group)), name)
                : null;
    }

    Matcher matcher(String text) {
        return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }

    private boolean fits(String text, int at) {
        if (at == 0 || before == Before.ANYTHING) {
            return true;
        }
        char c = text.charAt(at - 1);
        boolean letter = Finder.isDigit(c) || Finder.isAsciiLetter(c);
        return !letter && (before == Before.NO_LETTER || (c != '_' && c != '-'));
    }

    /** What a regex's bound has cut off goes as well. */
    private int tokenEnd(String text, int end) {
        int at = end;
        while (drawn != Drawn.NO_MATTER && at < text.length() && isOfToken(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfToken(char c) {
        return Finder.isDigit(c) || Finder.isAsciiLetter(c) || "_-+/=~".indexOf(c) >= 0;
    }

    private boolean looksDrawn(String text, int from, int to) {
        if (drawn == Drawn.NO_MATTER) {
            return true;
        }
        int[] counts = new int[128];
        boolean digit = false;
        boolean letter = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            counts[c & 127]++;
            digit |= Finder.isDigit(c);
            letter |= Finder.isAsciiLetter(c);
        }
        return digit
                && (drawn == Drawn.DIGIT || letter)
                && (drawn != Drawn.RANDOM || entropy(counts, to - from) >= BITS);
    }

    /** In bits a character. */
    private static double entropy(int[] counts, int length) {
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
