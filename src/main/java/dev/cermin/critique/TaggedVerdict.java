package dev.cermin.critique;

import dev.cermin.critique.Critique.Opinion;
import dev.cermin.tagged.Tagged;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@link CritiqueFormat#TAGGED}. By hand, not by patterns: it stands in every loop's way. */
final class TaggedVerdict {
    /** Who writes more has not given a verdict but speaks of one. */
    private static final int LONGEST = 40;

    /** Beyond it a score's digits change nothing, and up to it the quotient is the nearest double. */
    private static final long FINEST = 1_000_000_000_000L;

    private static final String OUTPUT = "<output>";

    private final String text;
    private int at;

    private TaggedVerdict(String text) {
        this.text = text;
    }

    static Critique read(String critic, String response) {
        Tagged tagged = Tagged.parse(response);
        String said = tagged.outputs().isEmpty() ? "" : spoken(tagged.outputs().getLast());
        Critique critique = said.length() > LONGEST
                ? null
                : new TaggedVerdict(said).critique(critic, tagged.reflections(), response);
        return critique != null
                ? critique
                : Critique.unreadable(critic, "Expected <output>accept</output> or <output>revise</output>", response);
    }

    // an output that does not begin with a verdict may be a mention of the tag, which runs into the real one
    private static String spoken(String output) {
        String text = output.toLowerCase(Locale.ROOT);
        if (text.startsWith("accept") || text.startsWith("revise")) {
            return text;
        }
        int inner = text.lastIndexOf(OUTPUT);
        return inner < 0 ? text : text.substring(inner + OUTPUT.length()).strip();
    }

    /** {@code accept} or {@code revise}, then a score if any, then a full stop if any, and nothing else; else null. */
    private @Nullable Critique critique(String critic, List<String> reflections, String response) {
        boolean accept = text.startsWith("accept");
        if (!accept && !text.startsWith("revise")) {
            return null;
        }
        at = "accept".length();
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            return null;
        }
        while (at < text.length() && separates(text.charAt(at))) {
            at++;
        }
        double score = digits() ? Math.min(1, number()) : accept ? 1 : 0;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
        }
        if (at < text.length()) {
            return null;
        }
        List<String> issues = accept || reflections.isEmpty() ? List.of() : issues(reflections.getLast());
        return new Critique(critic, accept ? Opinion.ACCEPT : Opinion.REVISE, score, issues, response);
    }

    private static boolean separates(char c) {
        return isSpace(c) || c == ':' || c == ',' || c == ';';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private boolean digits() {
        return at < text.length() && (text.charAt(at) == '0' || text.charAt(at) == '1');
    }

    /** One digit, then a point with digits behind it if any. */
    private double number() {
        int from = at++;
        if (at + 1 >= text.length() || text.charAt(at) != '.' || !digit(at + 1)) {
            return text.charAt(from) - '0';
        }
        long digits = text.charAt(from) == '1' ? 1 : 0;
        long scale = 1;
        for (at++; at < text.length() && digit(at); at++) {
            if (scale < FINEST) {
                digits = 10 * digits + text.charAt(at) - '0';
                scale *= 10;
            }
        }
        return (double) digits / scale;
    }

    private boolean digit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static List<String> issues(String reflection) {
        if (reflection.indexOf('\n') < 0 && reflection.indexOf('\r') < 0) {
            String issue = withoutMark(reflection);
            return issue.isEmpty() ? List.of() : List.of(issue);
        }
        List<String> issues = new ArrayList<>();
        reflection
                .lines()
                .map(TaggedVerdict::withoutMark)
                .filter(line -> !line.isEmpty())
                .forEach(issues::add);
        return issues;
    }

    /**
     * Without the mark of a list's item: a bullet; or a dash, a star, a number with a full stop or a bracket, and white space
     * behind: {@code -6} and {@code 3.5} are numbers.
     */
    private static String withoutMark(String line) {
        String item = line.strip();
        int end = 0;
        while (end < item.length() && item.charAt(end) >= '0' && item.charAt(end) <= '9') {
            end++;
        }
        char mark = end == item.length() ? ' ' : item.charAt(end);
        if (end == 0 ? mark != '-' && mark != '*' && mark != '•' : mark != '.' && mark != ')') {
            return item;
        }
        boolean apart = end + 1 == item.length() || Character.isWhitespace(item.charAt(end + 1));
        return apart || mark == '•' ? item.substring(end + 1).strip() : item;
    }
}
