package dev.cermin.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A run's state in one file: weights, moments, and how far it is. */
@SuppressWarnings("try")
final class Checkpoint {
    static final String FILE = "checkpoint.safetensors";

    private Checkpoint() {}

    static void write(Path file, Llama model, Optimiser optimiser, Map<String, String> about) throws IOException {
        Map<String, Tensors.Values> tensors = new LinkedHashMap<>();
        model.weights().forEach((name, tensor) -> tensors.put(name, values(tensor)));
        optimiser.state().forEach((name, tensor) -> tensors.put("optimiser." + name, values(tensor)));
        Map<String, String> all = new LinkedHashMap<>(about);
        Shape shape = model.shape();
        all.put(
                "shape",
                "%d,%d,%d,%d,%d,%d"
                        .formatted(
                                shape.vocabulary(),
                                shape.hidden(),
                                shape.layers(),
                                shape.heads(),
                                shape.inner(),
                                shape.context()));
        new Tensors(tensors, all).write(file);
    }

    static Shape shape(Tensors checkpoint) {
        int[] sizes = java.util.Arrays.stream(
                        checkpoint.metadata().getOrDefault("shape", "").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Shape(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5]);
    }

    static void restore(Tensors checkpoint, Map<String, Tensor> into, String prefix) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            into.forEach((name, tensor) -> {
                Tensors.Values values = checkpoint.tensors().get(prefix + name);
                if (values == null) {
                    throw new IllegalArgumentException("The checkpoint has no tensor " + prefix + name);
                }
                tensor.copy_(Tensor.create(values.data(), values.data().length).view(tensor.sizes()));
            });
        }
    }

    private static Tensors.Values values(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor here = tensor.detach().cpu().contiguous();
            float[] data = new float[Math.toIntExact(here.numel())];
            new FloatPointer(here.data_ptr()).get(data);
            long[] shape = new long[Math.toIntExact(here.dim())];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = here.size(i);
            }
            return new Tensors.Values(shape, data);
        }
    }
}
