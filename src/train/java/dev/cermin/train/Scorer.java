package dev.cermin.train;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** How likely texts are to the model, many at once. */
@SuppressWarnings("try")
final class Scorer {
    private static final int AT_ONCE = 64;
    private static final int AT_ONCE_ON_GPU = 1000;

    private final Llama model;

    Scorer(Llama model) {
        this.model = model;
    }

    /**
     * @param prompts tags in them are tags
     * @param texts behind them, each by the mean of its tokens
     */
    List<Likelihood> of(List<String> prompts, List<String> texts) {
        Likelihood[] scores = new Likelihood[texts.size()];
        List<Sequence> sequences = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            sequences.add(sequence(prompts.get(i), texts.get(i)));
        }
        List<Integer> byLength = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> sequences.get(i).length()))
                .toList();
        int atOnce = model.isOnCpu() ? AT_ONCE : AT_ONCE_ON_GPU;
        for (int from = 0; from < byLength.size(); from += atOnce) {
            List<Integer> some = byLength.subList(from, Math.min(byLength.size(), from + atOnce));
            List<Likelihood> these = batch(some.stream().map(sequences::get).toList());
            for (int i = 0; i < some.size(); i++) {
                scores[some.get(i)] = these.get(i);
            }
        }
        return List.of(scores);
    }

    private static Sequence sequence(String prompt, String text) {
        Sequence all = Sequence.of("", prompt + text, prompt.codePointCount(0, prompt.length()));
        int length = all.length() - 1; // without the end
        return new Sequence(
                java.util.Arrays.copyOf(all.tokens(), length), java.util.Arrays.copyOf(all.weights(), length));
    }

    private List<Likelihood> batch(List<Sequence> sequences) {
        Batch batch = Batch.each(sequences);
        List<Likelihood> scores = new ArrayList<>();
        float[] losses = new float[batch.tokens().length];
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor each = model.losses(batch).cpu().contiguous();
            new FloatPointer(each.data_ptr()).get(losses);
        }
        for (int row = 0; row < batch.rows(); row++) {
            double sum = 0;
            int count = 0;
            for (int at = row * batch.columns(); at < (row + 1) * batch.columns(); at++) {
                if (batch.weights()[at] > 0) {
                    sum += losses[at];
                    count++;
                }
            }
            scores.add(count == 0 ? new Unscored("the text is empty") : new Scored(sum / count, count));
        }
        return scores;
    }
}
