package dev.cermin.eval.suite;

import dev.cermin.eval.Mark;
import dev.cermin.eval.Score;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and scores the letters of questions with the choices A to D. */
public final class MultipleChoice {
    static final String LETTERS = "ABCD";

    /** A letter that stands by itself: not the article of "A good answer". */
    private static final Pattern AT_THE_START =
            Pattern.compile("^\\s*(?:(?i:answer)\\s*:)?[\\s*(\\[$]*([A-D])(?:\\s*$|[ \\t]*[)\\].:,;*$\\n])");

    private static final Pattern ANSWER_LINE = Pattern.compile("(?i)Answer[ \\t]*:[ \\t]*\\$?([A-D])\\$?");

    private MultipleChoice() {}

    /**
     * The score by the log-likelihoods that a model gives the letters after the question, as lm-evaluation-harness has
     * it: the greatest is the answer, the first of equal ones.
     *
     * @param gold one of A to D
     * @param logLikelihoods of A, B, C and D, in that order
     * @throws IllegalArgumentException for another number of them than four, one that is not a number, and another gold
     */
    public static Score byLikelihood(char gold, double... logLikelihoods) {
        if (logLikelihoods.length != LETTERS.length() || LETTERS.indexOf(gold) < 0) {
            throw new IllegalArgumentException(
                    "Four log-likelihoods and a letter from A to D are expected, not %d and '%s'"
                            .formatted(logLikelihoods.length, gold));
        }
        int greatest = 0;
        for (int i = 0; i < logLikelihoods.length; i++) {
            if (Double.isNaN(logLikelihoods[i])) {
                throw new IllegalArgumentException(
                        "The log-likelihood of %s is not a number".formatted(LETTERS.charAt(i)));
            }
            if (logLikelihoods[i] > logLikelihoods[greatest]) {
                greatest = i;
            }
        }
        return score(String.valueOf(LETTERS.charAt(greatest)), gold);
    }

    /** The score of a reply. */
    static Score byReply(char gold, Convention convention, String reply) {
        Optional<String> letter = convention == Convention.HARNESS ? startingLetter(reply) : answerLine(reply);
        return score(letter.orElse(""), gold);
    }

    /** The letter that a reply starts with. */
    static Optional<String> startingLetter(String reply) {
        Matcher matcher = AT_THE_START.matcher(reply);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The first {@code Answer: X}, in any case. */
    static Optional<String> answerLine(String reply) {
        Matcher matcher = ANSWER_LINE.matcher(reply);
        return matcher.find() ? Optional.of(matcher.group(1).toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    private static Score score(String letter, char gold) {
        boolean right = letter.equals(String.valueOf(gold));
        String reason = letter.isEmpty()
                ? "There is no letter in it"
                : right ? "%s is right".formatted(letter) : "%s, where %s is right".formatted(letter, gold);
        return new Score(letter, List.of(Mark.of("letter", right)), reason);
    }
}
