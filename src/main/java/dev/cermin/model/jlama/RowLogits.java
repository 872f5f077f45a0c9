package dev.cermin.model.jlama;

import com.github.tjake.jlama.math.VectorMath;
import com.github.tjake.jlama.model.llama.LlamaModel;
import com.github.tjake.jlama.safetensors.DType;
import com.github.tjake.jlama.safetensors.WeightLoader;
import com.github.tjake.jlama.tensor.AbstractTensor;
import com.github.tjake.jlama.tensor.FloatBufferTensor;
import com.github.tjake.jlama.tensor.TensorShape;
import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Jlama's Llama with the logits of many positions at once, where its own sampling takes one at a time. */
@SuppressWarnings("rawtypes") // as in JlamaEngine
final class RowLogits extends LlamaModel {
    /** Positions at once: a height that Jlama's kernels compute whole (see Spans), and little memory. */
    static final int BLOCK = 15;

    private final LlamaShape shape;

    /** Jlama copies a buffer that is not direct, and writes into the copy. */
    private final FloatBuffer buffer;

    RowLogits(LlamaShape shape, WeightLoader weights, ByteLevelTokenizer tokenizer) {
        super(shape.toJlama(), weights, tokenizer, DType.F32, DType.F32, Optional.empty());
        this.shape = shape;
        this.buffer = ByteBuffer.allocateDirect(BLOCK * shape.vocabulary() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * @param rows what a forward pass gave
     * @param first of them, {@code count} in all, at most {@link #BLOCK} and of a height that Spans allows
     * @param into the logits of one after the other
     */
    void logits(AbstractTensor rows, int first, int count, float[] into) {
        TensorShape size = TensorShape.of(count, shape.vocabulary());
        int width = shape.hidden();
        try (AbstractTensor block = makeDenseTensor(count, width)) {
            block.copyFrom(rows, first * width, 0, count * width);
            try (AbstractTensor normed = sampleOutput.getOutputLayerNorm().forward(block);
                    AbstractTensor logits = new FloatBufferTensor(buffer.slice(0, (int) size.size()), size, false)) {
                VectorMath.pchunk(
                        0,
                        shape.vocabulary(),
                        (start, length) -> TensorOperationsProvider.get()
                                .dotProductChunk(
                                        logits,
                                        normed,
                                        sampleOutput.getOutputLogitsWeights(),
                                        0,
                                        width,
                                        start,
                                        length));
                buffer.get(0, into, 0, (int) size.size());
            }
        }
    }
}
