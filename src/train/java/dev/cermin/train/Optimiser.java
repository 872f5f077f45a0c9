package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.baddbmm;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Muon (Jordan et al., 2024) for the matrices between embedding and output, AdamW (Loshchilov and Hutter, 2019) for the
 * rest. Its state is all in named tensors, so that a run can be taken up again.
 */
final class Optimiser {
    private static final double MUON_RATE = 0.02;
    private static final double ADAM_RATE = 0.003;
    private static final double DECAY = 0.01;
    private static final double MOMENTUM = 0.95;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.95;
    private static final double EPSILON = 1e-8;

    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final List<Moments> moments = new ArrayList<>();

    /** @param second null where Muon does without it */
    private record Moments(
            Stack stack, Tensor first, @Nullable Tensor second) {}

    Optimiser(Llama model) {
        for (Stack stack : model.stacks()) {
            moments.add(new Moments(stack, keep(stack, ".first"), byMuon(stack) ? null : keep(stack, ".second")));
        }
    }

    private Tensor keep(Stack stack, String suffix) {
        Tensor zeros = Llama.keep(zeros_like(stack.values()).detach());
        for (int i = 0; i < stack.names().size(); i++) {
            state.put(stack.names().get(i) + suffix, Llama.keep(zeros.select(0, i)));
        }
        return zeros;
    }

    private static boolean byMuon(Stack stack) {
        return stack.isOfMatrices() && !stack.names().contains(Llama.EMBEDDING);
    }

    /** By the weights' names. */
    Map<String, Tensor> state() {
        return state;
    }

    /**
     * Takes one step by the gradients that the model holds.
     *
     * @param step counted from 1
     * @param rate of the full learning rate, in [0, 1]
     */
    void step(int step, double rate) {
        for (Moments each : moments) {
            if (each.second == null) {
                muon(each.stack.values(), each.stack.gradients(), each.first, rate);
            } else {
                adam(each.stack.values(), each.stack.gradients(), each.first, each.second, step, rate);
            }
        }
    }

    private static void muon(Tensor weight, Tensor gradient, Tensor moment, double rate) {
        moment.mul_(new Scalar(MOMENTUM)).add_(gradient, new Scalar(1 - MOMENTUM));
        Tensor ahead = gradient.mul(new Scalar(1 - MOMENTUM)).add_(moment, new Scalar(MOMENTUM));
        double tall = Math.sqrt(Math.max(1.0, (double) weight.size(1) / weight.size(2)));
        weight.mul_(new Scalar(1 - MUON_RATE * rate * DECAY));
        weight.add_(orthogonal(ahead), new Scalar(-MUON_RATE * rate * tall));
    }

    /** Five rounds of the Newton-Schulz iteration with Muon's coefficients, on each matrix of a stack. */
    private static Tensor orthogonal(Tensor gradient) {
        boolean tall = gradient.size(1) > gradient.size(2);
        Tensor x = tall ? gradient.transpose(1, 2) : gradient;
        Tensor norm =
                x.mul(x).sum(new long[] {1, 2}, true, new ScalarTypeOptional()).sqrt();
        x = x.div(norm.add(new Scalar(1e-7)));
        for (int round = 0; round < 5; round++) {
            Tensor a = x.bmm(x.transpose(1, 2));
            Tensor b = baddbmm(a, a, a, new Scalar(-4.7750), new Scalar(2.0315));
            x = baddbmm(x, b, x, new Scalar(3.4445), new Scalar(1.0));
        }
        return tall ? x.transpose(1, 2) : x;
    }

    private static void adam(Tensor weight, Tensor gradient, Tensor first, Tensor second, int step, double rate) {
        first.mul_(new Scalar(FIRST)).add_(gradient, new Scalar(1 - FIRST));
        second.mul_(new Scalar(SECOND)).add_(gradient.mul(gradient), new Scalar(1 - SECOND));
        Tensor mean = first.div(new Scalar(1 - Math.pow(FIRST, step)));
        Tensor spread =
                second.div(new Scalar(1 - Math.pow(SECOND, step))).sqrt().add(new Scalar(EPSILON));
        weight.mul_(new Scalar(1 - ADAM_RATE * rate * DECAY));
        weight.add_(mean.div(spread), new Scalar(-ADAM_RATE * rate));
    }
}
