package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.multinomial;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Lets the model write, many prompts at once. One thread at a time. */
@SuppressWarnings("try")
final class Decoder {
    /** Texts written together: on a GPU a step costs the same for a few thousand. */
    private static final int AT_ONCE = 250;

    private static final int AT_ONCE_ON_GPU = 4000;

    private final Llama model;
    private long tokens;

    Decoder(Llama model) {
        this.model = model;
    }

    /** Read and written since the start. */
    long tokens() {
        return tokens;
    }

    /**
     * Goes on from each prompt.
     *
     * @param stops end a text; they are part of it
     * @param most tokens to write
     * @param temperature 0 for the likeliest token each time
     * @return what was written, in the order of the prompts
     */
    List<int[]> write(List<int[]> prompts, List<Integer> stops, int most, double temperature) {
        int[][] written = new int[prompts.size()][];
        List<Integer> byLength = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .toList();
        int atOnce = model.isOnCpu() ? AT_ONCE : AT_ONCE_ON_GPU;
        for (int from = 0; from < byLength.size(); from += atOnce) {
            List<Integer> some = byLength.subList(from, Math.min(byLength.size(), from + atOnce));
            List<int[]> texts = new ArrayList<>();
            some.forEach(i -> texts.add(prompts.get(i)));
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                int[][] results = batch(texts, stops, most, temperature);
                for (int i = 0; i < some.size(); i++) {
                    written[some.get(i)] = results[i];
                }
            }
        }
        return Arrays.asList(written);
    }

    private int[][] batch(List<int[]> prompts, List<Integer> stops, int most, double temperature) {
        int count = prompts.size();
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
        int room = Math.min(model.shape().context(), longest + most);
        Cache cache = new Cache(count, room);
        int[][] written = new int[count][most];
        int[] lengths = new int[count];
        boolean[] done = new boolean[count];
        long[] now = new long[count];
        for (int at = 0, left = count; at < room && left > 0; at++) {
            boolean due = false;
            for (int i = 0; i < count; i++) {
                int[] prompt = prompts.get(i);
                if (at < prompt.length) {
                    now[i] = prompt[at];
                }
                due |= !done[i] && at >= prompt.length - 1;
                tokens += done[i] ? 0 : 1;
            }
            long[] next = step(now, at, cache, due, temperature);
            for (int i = 0; due && i < count; i++) {
                if (done[i] || at < prompts.get(i).length - 1) {
                    continue;
                }
                now[i] = next[i];
                written[i][lengths[i]++] = (int) next[i];
                if (stops.contains((int) next[i]) || lengths[i] == most) {
                    done[i] = true;
                    left--;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            written[i] = Arrays.copyOf(written[i], lengths[i]);
        }
        return written;
    }

    private final class Cache {
        private final Tensor[] keys = new Tensor[model.shape().layers()];
        private final Tensor[] values = new Tensor[model.shape().layers()];

        Cache(int count, int room) {
            for (int layer = 0; layer < keys.length; layer++) {
                keys[layer] = model.here(
                        zeros(count, model.shape().heads(), room, model.shape().head()));
                values[layer] = model.here(
                        zeros(count, model.shape().heads(), room, model.shape().head()));
            }
        }
    }

    private long[] step(long[] tokens, int at, Cache cache, boolean due, double temperature) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = embedding(model.weight(Llama.EMBEDDING), model.here(Tensor.create(tokens, tokens.length, 1)));
            for (int layer = 0; layer < model.shape().layers(); layer++) {
                Tensor[] parts = model.queriesKeysValues(x, layer, at);
                cache.keys[layer].narrow(2, at, 1).copy_(parts[1]);
                cache.values[layer].narrow(2, at, 1).copy_(parts[2]);
                Tensor seen = scaled_dot_product_attention(
                        parts[0],
                        cache.keys[layer].narrow(2, 0, at + 1),
                        cache.values[layer].narrow(2, 0, at + 1),
                        new TensorOptional(),
                        0.0,
                        false,
                        new DoubleOptional(),
                        false);
                x = model.after(x, seen, layer);
            }
            if (!due) {
                return tokens;
            }
            Tensor logits = linear(model.norm(x, "norm"), model.weight(Llama.EMBEDDING))
                    .view(tokens.length, model.shape().vocabulary());
            Tensor next = temperature == 0
                    ? logits.argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                    : multinomial(logits.div(new Scalar(temperature)).softmax(1), 1, false, new GeneratorOptional());
            Tensor there = next.cpu().to(ScalarType.Long).contiguous();
            long[] result = new long[tokens.length];
            new LongPointer(there.data_ptr()).get(result);
            return result;
        }
    }
}
