package dev.cermin.tune.score;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Student;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A student whose tokens are at hand, so that both sides of a score can be cut alike. Thread-safe. */
final class EngineStudent implements Student {
    private final Engine engine;
    private final int[] start;

    EngineStudent(Engine engine) {
        this.engine = engine;
        this.start = engine.start().stream().toArray();
    }

    Engine engine() {
        return engine;
    }

    @Override
    public Likelihood likelihood(String prompt, String text) {
        return rate(prompt(prompt), tokens(text), engine.window());
    }

    /**
     * A text behind a prompt and alone, cut so that both score as many tokens: the text alone may have one more than is
     * left behind the prompt, the start token before it. Without a start token its own first is not scored, so that both
     * sides differ in the first token and, where the text is cut, in the last.
     *
     * @param most tokens of prompt and text
     */
    Sides sides(String prompt, String text, int most) {
        int[] before = prompt(prompt);
        int[] target = tokens(text);
        int room = Math.max(0, most - before.length);
        Likelihood given = rate(before, head(target, room), most);
        return new Sides(
                given, given instanceof Unscored ? given : rate(start, head(target, room + 1 - start.length), most));
    }

    private Likelihood rate(int[] before, int[] text, int most) {
        int window = Math.min(most, engine.window());
        int all = before.length + text.length;
        if (before.length >= window) {
            return new Unscored("the prompt, of %d tokens, fills the window of %d".formatted(before.length, window));
        }
        if (text.length == 0) {
            return new Unscored("the text is empty");
        }
        if (all > window) {
            return new Unscored(
                    "prompt and text have %d tokens, and the student's window is %d".formatted(all, window));
        }
        if (all == 1) {
            return new Unscored("the text is one token, with none before it that the student could start with");
        }
        double[] found = engine.logProbabilities(join(before, text), Math.max(1, before.length));
        double mean = -Arrays.stream(found).average().orElseThrow();
        return Double.isFinite(mean)
                ? new Scored(mean, found.length)
                : new Unscored("a token of the text has no likelihood at all");
    }

    static int[] join(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }

    /** With the start token in front, exactly once, as chat templates write it out too. */
    int[] prompt(String prompt) {
        int[] tokens = tokens(prompt);
        if (start.length == 0 || (tokens.length > 0 && tokens[0] == start[0])) {
            return tokens;
        }
        return join(start, tokens);
    }

    int[] tokens(String text) {
        return text.isEmpty() ? new int[0] : engine.tokens(text);
    }

    private static int[] head(int[] tokens, int most) {
        return tokens.length <= most ? tokens : Arrays.copyOf(tokens, most);
    }
}
