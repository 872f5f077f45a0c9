package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

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

    private final Llama model;
    private final Map<String, Tensor> state = new LinkedHashMap<>();

    Optimiser(Llama model) {
        this.model = model;
        model.weights().forEach((name, weight) -> {
            keep(name + ".first", weight);
            if (!byMuon(name, weight)) {
                keep(name + ".second", weight);
            }
        });
    }

    private void keep(String name, Tensor like) {
        Tensor zeros = zeros_like(like).detach();
        zeros.retainReference();
        state.put(name, zeros);
    }

    private static boolean byMuon(String name, Tensor weight) {
        return weight.dim() == 2 && !name.equals(Llama.EMBEDDING);
    }

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
        model.weights().forEach((name, weight) -> {
            Tensor gradient = weight.mutable_grad();
            if (byMuon(name, weight)) {
                muon(weight, gradient, moment(name + ".first"), rate);
            } else {
                adam(weight, gradient, moment(name + ".first"), moment(name + ".second"), step, rate);
            }
        });
    }

    private Tensor moment(String name) {
        Tensor moment = state.get(name);
        if (moment == null) {
            throw new IllegalStateException("There is no moment " + name);
        }
        return moment;
    }

    private static void muon(Tensor weight, Tensor gradient, Tensor moment, double rate) {
        moment.mul_(new Scalar(MOMENTUM)).add_(gradient, new Scalar(1 - MOMENTUM));
        Tensor ahead = gradient.mul(new Scalar(1 - MOMENTUM)).add_(moment, new Scalar(MOMENTUM));
        double tall = Math.sqrt(Math.max(1.0, (double) weight.size(0) / weight.size(1)));
        weight.mul_(new Scalar(1 - MUON_RATE * rate * DECAY));
        weight.add_(orthogonal(ahead), new Scalar(-MUON_RATE * rate * tall));
    }

    /** Five rounds of the Newton-Schulz iteration with Muon's coefficients. */
    private static Tensor orthogonal(Tensor gradient) {
        boolean tall = gradient.size(0) > gradient.size(1);
        Tensor x = tall ? gradient.t() : gradient;
        x = x.div(x.norm().add(new Scalar(1e-7)));
        for (int round = 0; round < 5; round++) {
            Tensor a = x.matmul(x.t());
            Tensor b = a.mul(new Scalar(-4.7750)).add(a.matmul(a).mul(new Scalar(2.0315)));
            x = x.mul(new Scalar(3.4445)).add(b.matmul(x));
        }
        return tall ? x.t() : x;
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
