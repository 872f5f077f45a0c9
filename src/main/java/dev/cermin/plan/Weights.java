package dev.cermin.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a model's bytes are.
 *
 * @param quant what people call it, such as {@code Q4_K_M}
 * @param embedding bytes of the token embeddings; they stay in the host's memory
 * @param output bytes of the output matrix and the last norm, beside the embeddings also where both are one matrix
 * @param layers by layer
 * @param file bytes of the whole
 */
record Weights(String quant, long embedding, long output, List<Layer> layers, long file) {
    Weights {
        layers = List.copyOf(layers);
    }

    /**
     * @param bytes in all
     * @param experts of those, the experts' of a mixture
     */
    record Layer(long bytes, long experts) {}

    /** As a model of that shape comes out of llama-quantize. */
    static Weights of(Shape shape, Quant quant) {
        long hidden = shape.hidden();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < shape.layers(); i++) {
            long queries = (long) shape.heads() * shape.keySize();
            long attention = quant.of(Quant.Part.OTHER, i, shape).bytes(queries, hidden)
                    + quant.of(Quant.Part.KEY, i, shape).bytes((long) shape.kvHeads() * shape.keySize(), hidden)
                    + quant.of(Quant.Part.VALUE, i, shape).bytes((long) shape.kvHeads() * shape.valueSize(), hidden)
                    + quant.of(Quant.Part.ATTENTION_OUTPUT, i, shape)
                            .bytes(hidden, (long) shape.heads() * shape.valueSize());
            long norms = TensorType.F32.bytes(2, hidden);
            long feedForward = 2 * quant.of(Quant.Part.OTHER, i, shape).bytes(shape.feedForward(), hidden)
                    + quant.of(Quant.Part.DOWN, i, shape).bytes(hidden, shape.feedForward());
            long experts = shape.experts() * feedForward;
            long router = TensorType.F32.bytes(shape.experts(), hidden);
            layers.add(
                    shape.mixture()
                            ? new Layer(attention + norms + router + experts, experts)
                            : new Layer(attention + norms + feedForward, 0));
        }
        long embedding = quant.embedding(shape.tied()).bytes(shape.vocabulary(), hidden);
        long norm = TensorType.F32.bytes(1, hidden);
        long output = quant.output().bytes(shape.vocabulary(), hidden) + norm;
        return of(quant.name(), embedding, output, layers, shape.tied() ? norm : output);
    }

    /** @param stored what the file has of the output; less than is used, where the embeddings are the output matrix too */
    static Weights of(String quant, long embedding, long output, List<Layer> layers, long stored) {
        long inLayers = layers.stream().mapToLong(Layer::bytes).sum();
        return new Weights(quant, embedding, output, layers, embedding + stored + inLayers);
    }
}
