package dev.cermin.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The answer matches a pattern as a whole, white space at its ends included, contains a match of it, or contains none. Patterns are those of
 * {@link Pattern}. A pattern that backtracks for more than ten million steps, some tenths of a second, is given up: the
 * answer fails, with a message that says so. Thread-safe.
 */
public final class RegexVerifier implements Verifier {
    public static final String NAME = "regex";
    private static final int MOST_SHOWN = 10;

    /** What is asked of the answer; in agent files {@code match}, {@code contain} or {@code not-contain}. */
    public enum Must {
        MATCH,
        CONTAIN,
        NOT_CONTAIN
    }

    private final Pattern pattern;
    private final Must must;
    private final Optional<String> message;

    private RegexVerifier(Pattern pattern, Must must, Optional<String> message) {
        this.pattern = pattern;
        this.must = must;
        this.message = message;
    }

    /** @throws IllegalArgumentException for what is no pattern; the message names the place */
    public static RegexVerifier of(Must must, String pattern) {
        try {
            return new RegexVerifier(Pattern.compile(pattern), must, Optional.empty());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'%s' is not a pattern: %s, at character %d"
                    .formatted(pattern, e.getDescription(), e.getIndex() + 1));
        }
    }

    /** The whole answer must match. */
    public static RegexVerifier matching(String pattern) {
        return of(Must.MATCH, pattern);
    }

    public static RegexVerifier containing(String pattern) {
        return of(Must.CONTAIN, pattern);
    }

    public static RegexVerifier notContaining(String pattern) {
        return of(Must.NOT_CONTAIN, pattern);
    }

    /** The same with words of its own for a failure; places stay named. */
    public RegexVerifier saying(String message) {
        return new RegexVerifier(pattern, must, Optional.of(message));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Check verify(Answer answer) {
        String text = answer.output();
        var stepped = new SteppedText(text, pattern);
        try {
            return switch (must) {
                case MATCH ->
                    stepped.search(Matcher::matches)
                            ? Check.pass(NAME, "The answer matches " + pattern)
                            : fail(
                                    "The answer does not match the pattern " + pattern,
                                    mismatch(text, stepped.furthest()));
                case CONTAIN ->
                    stepped.search(Matcher::find)
                            ? Check.pass(NAME, "The answer contains a match of " + pattern)
                            : fail("The answer contains nothing that matches the pattern " + pattern, "");
                case NOT_CONTAIN -> none(text, stepped.search(RegexVerifier::places));
            };
        } catch (SteppedText.TooLongException e) {
            return Check.fail(NAME, "The answer can't be checked: " + e.getMessage());
        }
    }

    private static List<int[]> places(Matcher matcher) {
        List<int[]> places = new ArrayList<>();
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        return places;
    }

    private Check none(String text, List<int[]> places) {
        if (places.isEmpty()) {
            return Check.pass(NAME, "The answer contains nothing that matches " + pattern);
        }
        List<String> shown = new ArrayList<>();
        for (int[] place : places.subList(0, Math.min(places.size(), MOST_SHOWN))) {
            shown.add("'%s' at %s"
                    .formatted(Place.excerpt(text.substring(place[0], place[1])), Place.of(text, place[0])));
        }
        if (places.size() > MOST_SHOWN) {
            shown.add("%d more".formatted(places.size() - MOST_SHOWN));
        }
        return fail("The answer contains what the pattern %s forbids".formatted(pattern), String.join(", ", shown));
    }

    /** The last character looked at is a good guess at where it went wrong. */
    private static String mismatch(String text, int furthest) {
        if (text.isEmpty()) {
            return "it is empty";
        }
        int at = Math.max(furthest, 0);
        return at >= text.length() - 1
                ? "it was read to its end, where more or something else should stand"
                : "it was read up to %s, '%s'".formatted(Place.of(text, at), Place.excerpt(text.substring(at)));
    }

    private Check fail(String standard, String places) {
        return Check.fail(NAME, message.orElse(standard) + (places.isEmpty() ? "" : ": " + places));
    }
}
