package dev.cermin.eval.suite;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the answer proper in a solution. */
final class MathAnswer {
    private static final Pattern FINAL =
            Pattern.compile("(?i)final answer is:?[ \\t]*(.*?)(?:\\.?[ \\t]*I hope it is correct|\n|$)");

    private static final Pattern LINE = Pattern.compile("(?i)Answer\\s*:\\s*([^\\n]+)");
    private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)\\s*\\{");
    /** Where lm-evaluation-harness stops a model that goes on with the next example. */
    private static final String STOP = "Problem:";

    private MathAnswer() {}

    static Optional<String> in(String solution, Convention convention) {
        if (convention == Convention.SIMPLE_EVALS) {
            return last(LINE, solution);
        }
        int stop = solution.indexOf(STOP);
        String text = stop < 0 ? solution : solution.substring(0, stop);
        return last(FINAL, text).or(() -> boxed(text));
    }

    private static Optional<String> last(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .reduce((earlier, later) -> later)
                .map((MatchResult found) -> found.group(1).strip())
                .filter(answer -> !answer.isEmpty());
    }

    /** What the last {@code \boxed{…}} holds that is closed. */
    static Optional<String> boxed(String text) {
        Optional<String> last = Optional.empty();
        Matcher boxes = BOX.matcher(text);
        while (boxes.find()) {
            int end = closing(text, boxes.end());
            if (end >= 0) {
                last = Optional.of(text.substring(boxes.end(), end));
            }
        }
        return last;
    }

    private static int closing(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\') {
                i++;
            } else if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
