package dev.cermin.train;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Weights of one shape and their gradients, each in one tensor: an optimiser's step is then a few operations whatever the
 * layers, which is most of a step's time on a GPU.
 */
final class Stack {
    private final List<String> names;
    private final Tensor values;
    private final Tensor gradients;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    Stack(List<String> names, List<Tensor> tensors) {
        this.names = names;
        values = Llama.keep(org.bytedeco
                .pytorch
                .global
                .torch
                .stack(new TensorVector(tensors.toArray(Tensor[]::new)))
                .detach());
        gradients = Llama.keep(zeros_like(values).detach());
        for (int i = 0; i < names.size(); i++) {
            Tensor weight = values.select(0, i).detach();
            weight.requires_grad_(true);
            weight.mutable_grad().put(gradients.select(0, i));
            weights.put(names.get(i), Llama.keep(weight));
        }
    }

    /** Each is a part of {@link #values}. */
    Map<String, Tensor> weights() {
        return weights;
    }

    List<String> names() {
        return names;
    }

    Tensor values() {
        return values;
    }

    /** What backward passes add up. */
    Tensor gradients() {
        return gradients;
    }

    boolean isOfMatrices() {
        return values.dim() == 3;
    }
}
