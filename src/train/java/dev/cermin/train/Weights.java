package dev.cermin.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A checkpoint's weights as other programs know them: its joined matrices taken apart, each with its names. */
final class Weights {
    private final Shape shape;
    private final Tensors checkpoint;

    Weights(Tensors checkpoint) {
        this.shape = Checkpoint.shape(checkpoint);
        this.checkpoint = checkpoint;
    }

    /**
     * One matrix, or one vector.
     *
     * @param huggingFace its name in a model folder
     * @param gguf its name in a GGUF file
     * @param columns 0 for a vector
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Matrix(String huggingFace, String gguf, int rows, int columns, float[] data) {
        boolean isVector() {
            return columns == 0;
        }

        long[] shape() {
            return isVector() ? new long[] {rows} : new long[] {rows, columns};
        }
    }

    Shape shape() {
        return shape;
    }

    List<Matrix> all() {
        int hidden = shape.hidden();
        int inner = shape.inner();
        List<Matrix> all = new ArrayList<>();
        all.add(new Matrix(
                "model.embed_tokens.weight", "token_embd.weight", shape.vocabulary(), hidden, data(Llama.EMBEDDING)));
        for (int layer = 0; layer < shape.layers(); layer++) {
            String theirs = "model.layers." + layer + ".";
            String block = "blk." + layer + ".";
            float[] attention = data(layer + ".attention.in");
            float[] both = data(layer + ".inner.in");
            all.add(vector(theirs + "input_layernorm.weight", block + "attn_norm.weight", layer + ".attention.norm"));
            all.add(part(theirs + "self_attn.q_proj.weight", block + "attn_q.weight", attention, 0, hidden, hidden));
            all.add(part(theirs + "self_attn.k_proj.weight", block + "attn_k.weight", attention, 1, hidden, hidden));
            all.add(part(theirs + "self_attn.v_proj.weight", block + "attn_v.weight", attention, 2, hidden, hidden));
            all.add(new Matrix(
                    theirs + "self_attn.o_proj.weight",
                    block + "attn_output.weight",
                    hidden,
                    hidden,
                    data(layer + ".attention.out")));
            all.add(vector(
                    theirs + "post_attention_layernorm.weight", block + "ffn_norm.weight", layer + ".inner.norm"));
            all.add(part(theirs + "mlp.gate_proj.weight", block + "ffn_gate.weight", both, 0, inner, hidden));
            all.add(part(theirs + "mlp.up_proj.weight", block + "ffn_up.weight", both, 1, inner, hidden));
            all.add(new Matrix(
                    theirs + "mlp.down_proj.weight",
                    block + "ffn_down.weight",
                    hidden,
                    inner,
                    data(layer + ".inner.out")));
        }
        all.add(vector("model.norm.weight", "output_norm.weight", "norm"));
        return all;
    }

    float[] data(String name) {
        Tensors.Values values = checkpoint.tensors().get(name);
        if (values == null) {
            throw new IllegalArgumentException("The checkpoint has no tensor " + name);
        }
        return values.data();
    }

    private Matrix vector(String huggingFace, String gguf, String name) {
        return new Matrix(huggingFace, gguf, shape.hidden(), 0, data(name));
    }

    private static Matrix part(String huggingFace, String gguf, float[] joined, int index, int rows, int columns) {
        int size = rows * columns;
        return new Matrix(
                huggingFace, gguf, rows, columns, Arrays.copyOfRange(joined, index * size, (index + 1) * size));
    }
}
