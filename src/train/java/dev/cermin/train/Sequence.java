package dev.cermin.train;

import dev.cermin.problem.Problem;
import java.util.Arrays;

/**
 * What is learned in one piece: the three roles in a row.
 *
 * @param tokens the question, a draft, the reflection, the answer, with the tags between them
 * @param weights how much each token counts: 0 for what a model is given
 */
@SuppressWarnings("ArrayRecordComponent")
record Sequence(int[] tokens, float[] weights) {
    /** A verdict is one token among a hundred, and all hangs on it. */
    private static final float VERDICT = 4;
    /** A draft can't but be guessed in part, and what can't be learned should not drown what can. */
    private static final float DRAFT = 0.3f;

    int length() {
        return tokens.length;
    }

    static Sequence of(Problem problem, String draft) {
        return of(problem, draft, true);
    }

    /**
     * The draft counts only where it is right: nobody should learn to write the wrong ones.
     *
     * @param drafting false where none counts
     */
    static Sequence of(Problem problem, String draft, boolean drafting) {
        float weight = drafting && problem.isSolvedBy(draft) ? DRAFT : 0;
        Writer writer = question(problem)
                .text(draft, weight)
                .tag(Token.THINKING_END, weight)
                .tag(Token.REFLECTION, 0)
                .reflection(problem.reflection(draft));
        return writer.tag(Token.REFLECTION_END, 1).answer(problem);
    }

    /** The answer with nothing to go by but the draft: what the reflection is compared with. */
    static Sequence unreflected(Problem problem, String draft) {
        return question(problem)
                .text(draft, 0)
                .tag(Token.THINKING_END, 0)
                .tag(Token.REFLECTION, 0)
                .tag(Token.REFLECTION_END, 0)
                .answer(problem);
    }

    /**
     * An answer as it was given, tags and all.
     *
     * @param from how many of the answer's code points carry no loss
     */
    static Sequence of(String asked, String answer, int from) {
        Writer writer = new Writer().tag(Token.BEGIN, 0).text(asked, 0);
        int unlearned = answer.offsetByCodePoints(0, from);
        for (int at = 0; at < answer.length(); ) {
            int tag = Token.tagAt(answer, at);
            float weight = at < unlearned ? 0 : 1;
            if (tag >= 0) {
                writer.tag(tag, weight);
                at += Token.TAGS.get(tag - Token.BEGIN).length();
            } else {
                int end = answer.offsetByCodePoints(at, 1);
                writer.text(answer.substring(at, end), weight);
                at = end;
            }
        }
        return writer.tag(Token.END, 1).done();
    }

    private static Writer question(Problem problem) {
        return new Writer().tag(Token.BEGIN, 0).text(problem.question(), 0).tag(Token.THINKING, 0);
    }

    static Writer writer() {
        return new Writer();
    }

    static final class Writer {
        private int[] tokens = new int[256];
        private float[] weights = new float[256];
        private int length;

        Writer tag(int token, float weight) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * length);
                weights = Arrays.copyOf(weights, 2 * length);
            }
            tokens[length] = token;
            weights[length++] = weight;
            return this;
        }

        Writer text(String text, float weight) {
            for (byte one : Token.bytes(text)) {
                tag(one & 0xff, weight);
            }
            return this;
        }

        /** Each verdict, the o of ok and the b of bad behind a space, weighs more. */
        Writer reflection(String text) {
            char before = 0;
            for (int i = 0; i < text.length(); i++) {
                char one = text.charAt(i);
                tag(one, before == ' ' && (one == 'o' || one == 'b') ? VERDICT : 1);
                before = one;
            }
            return this;
        }

        Sequence answer(Problem problem) {
            return tag(Token.OUTPUT, 0)
                    .text(problem.answer(), 1)
                    .tag(Token.OUTPUT_END, 1)
                    .tag(Token.END, 1)
                    .done();
        }

        Sequence done() {
            return new Sequence(Arrays.copyOf(tokens, length), Arrays.copyOf(weights, length));
        }
    }
}
