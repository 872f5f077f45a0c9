package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.rms_norm;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.silu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The Llama architecture (Touvron et al., 2023) on libtorch: RMS norms before each part, rotary positions by halves as
 * Hugging Face has them, SwiGLU, no biases. The projections to queries, keys and values are one matrix, likewise gate and
 * up. One thread at a time.
 */
final class Llama {
    static final String EMBEDDING = "embedding";

    private final Shape shape;
    private final Device device;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final Tensor cosines;
    private final Tensor sines;
    private final Tensor past;

    Llama(Shape shape, long seed, Device device) {
        this.shape = shape;
        this.device = device;
        manual_seed(seed);
        double deviation = 0.03 * Math.sqrt(192.0 / shape.hidden());
        double narrow = deviation / Math.sqrt(2.0 * shape.layers());
        add(EMBEDDING, normal(deviation, shape.vocabulary(), shape.hidden()));
        for (int layer = 0; layer < shape.layers(); layer++) {
            add(layer + ".attention.norm", ones(shape.hidden()));
            add(layer + ".attention.in", normal(deviation, 3L * shape.hidden(), shape.hidden()));
            add(layer + ".attention.out", normal(narrow, shape.hidden(), shape.hidden()));
            add(layer + ".inner.norm", ones(shape.hidden()));
            add(layer + ".inner.in", normal(deviation, 2L * shape.inner(), shape.hidden()));
            add(layer + ".inner.out", normal(narrow, shape.hidden(), shape.inner()));
        }
        add("norm", ones(shape.hidden()));
        stack();
        int head = shape.head();
        float[] cos = new float[shape.context() * head];
        float[] sin = new float[shape.context() * head];
        for (int at = 0; at < shape.context(); at++) {
            for (int i = 0; i < head / 2; i++) {
                double angle = at * Math.pow(Shape.ROPE_THETA, -2.0 * i / head);
                cos[at * head + i] = cos[at * head + i + head / 2] = (float) Math.cos(angle);
                // the halves change places when turned: the first gets its sine with a minus
                sin[at * head + i] = (float) -Math.sin(angle);
                sin[at * head + i + head / 2] = (float) Math.sin(angle);
            }
        }
        cosines = keep(here(Tensor.create(cos, 1, shape.context(), 1, head)));
        sines = keep(here(Tensor.create(sin, 1, shape.context(), 1, head)));
        past = keep(here(ones(shape.context(), shape.context()).tril().to(ScalarType.Bool)));
    }

    private static Tensor normal(double deviation, long rows, long columns) {
        return randn(rows, columns).mul(new Scalar(deviation));
    }

    private void add(String name, Tensor tensor) {
        weights.put(name, here(tensor));
    }

    /** Weights of one shape are kept in one tensor; the embedding has one to itself. */
    private void stack() {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        weights.forEach((name, weight) -> alike.computeIfAbsent(
                        name.equals(EMBEDDING) ? name : weight.dim() + ":" + weight.size(0) + ":" + weight.size(-1),
                        key -> new ArrayList<>())
                .add(name));
        for (List<String> names : alike.values()) {
            Stack stack = new Stack(names, names.stream().map(weights::get).toList());
            stacks.add(stack);
            stack.weights().forEach(weights::replace);
        }
    }

    /** A tensor that outlives the scope in which it was made. */
    static Tensor keep(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    boolean isOnCpu() {
        return device.is_cpu();
    }

    /** All weights, those of one shape together. */
    List<Stack> stacks() {
        return stacks;
    }

    Tensor here(Tensor tensor) {
        return tensor.to(device, tensor.scalar_type(), false, false, new MemoryFormatOptional());
    }

    Shape shape() {
        return shape;
    }

    /** By name, in a fixed order. */
    Map<String, Tensor> weights() {
        return weights;
    }

    long size() {
        return weights.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** The weighted mean of the negative log-likelihoods, in nats a token. */
    Tensor loss(Batch batch) {
        Tensor counts = here(Tensor.create(batch.weights(), (long) batch.rows() * batch.columns()));
        return losses(batch).mul(counts).sum().div(counts.sum());
    }

    /** Of each token, 0 where none counts. */
    Tensor losses(Batch batch) {
        Tensor tokens = here(Tensor.create(batch.tokens(), batch.rows(), batch.columns()));
        Tensor targets = here(Tensor.create(batch.targets(), (long) batch.rows() * batch.columns()));
        Tensor pieces = here(Tensor.create(batch.pieces(), batch.rows(), 1, batch.columns(), 1));
        Tensor mask = pieces.eq(pieces.transpose(2, 3))
                .logical_and(past.narrow(0, 0, batch.columns()).narrow(1, 0, batch.columns()));
        Tensor logits = logits(tokens, mask).view(-1, shape.vocabulary());
        return cross_entropy_loss(logits, targets, new TensorOptional(), 0, Batch.NONE, 0.0);
    }

    private Tensor logits(Tensor tokens, Tensor mask) {
        Tensor x = embedding(weight(EMBEDDING), tokens);
        for (int layer = 0; layer < shape.layers(); layer++) {
            Tensor[] parts = queriesKeysValues(x, layer, 0);
            Tensor seen = scaled_dot_product_attention(
                    parts[0], parts[1], parts[2], new TensorOptional(mask), 0.0, false, new DoubleOptional(), false);
            x = after(x, seen, layer);
        }
        return linear(norm(x, "norm"), weight(EMBEDDING));
    }

    /** Each is batch, heads, positions, head size; queries and keys turned by their positions. */
    Tensor[] queriesKeysValues(Tensor x, int layer, int from) {
        int heads = shape.heads();
        int half = shape.head() / 2;
        long length = x.size(1);
        Tensor all = linear(norm(x, layer + ".attention.norm"), weight(layer + ".attention.in"))
                .view(x.size(0), length, 3L * heads, shape.head());
        Tensor plain = all.narrow(2, 0, 2L * heads);
        Tensor swapped = cat(new TensorVector(plain.narrow(3, half, half), plain.narrow(3, 0, half)), 3);
        Tensor turned = plain.mul(cosines.narrow(1, from, length)).add(swapped.mul(sines.narrow(1, from, length)));
        return new Tensor[] {
            turned.narrow(2, 0, heads).transpose(1, 2),
            turned.narrow(2, heads, heads).transpose(1, 2),
            all.narrow(2, 2L * heads, heads).transpose(1, 2)
        };
    }

    /** The rest of a layer, behind its attention. */
    Tensor after(Tensor x, Tensor seen, int layer) {
        Tensor joined = seen.transpose(1, 2).reshape(x.size(0), x.size(1), shape.hidden());
        Tensor attended = x.add(linear(joined, weight(layer + ".attention.out")));
        Tensor both = linear(norm(attended, layer + ".inner.norm"), weight(layer + ".inner.in"));
        Tensor inner = silu(both.narrow(2, 0, shape.inner())).mul(both.narrow(2, shape.inner(), shape.inner()));
        return attended.add(linear(inner, weight(layer + ".inner.out")));
    }

    Tensor norm(Tensor x, String name) {
        return rms_norm(
                x,
                new long[] {shape.hidden()},
                new TensorOptional(weight(name)),
                new DoubleOptional(Shape.NORM_EPSILON));
    }

    Tensor weight(String name) {
        Tensor weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("There is no weight " + name);
        }
        return weight;
    }
}
