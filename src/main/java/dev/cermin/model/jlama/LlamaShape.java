package dev.cermin.model.jlama;

import com.github.tjake.jlama.math.ActivationFunction;
import com.github.tjake.jlama.model.llama.LlamaConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sizes and token ids of a Llama model, as its config.json gives them. */
record LlamaShape(
        int context,
        int hidden,
        int intermediate,
        int heads,
        int kvHeads,
        int layers,
        double normEps,
        int vocabulary,
        int bos,
        List<Integer> eos,
        double ropeTheta,
        double ropeFactor,
        boolean tiedEmbeddings) {

    LlamaShape {
        eos = List.copyOf(eos);
    }

    int headSize() {
        return hidden / heads;
    }

    int kvWidth() {
        return kvHeads * headSize();
    }

    /** The fewest rows that any projection matrix has, the output included. */
    int smallestProjection() {
        return Math.min(Math.min(hidden, intermediate), Math.min(kvWidth(), vocabulary));
    }

    /** Jlama adds twice the head's number to the position when it reads its rotation table, so the last rows are out of reach. */
    int usableContext() {
        return context - 2 * kvHeads;
    }

    /** Every tensor that the engine reads, with its shape; a tied model may leave the last one out. */
    Map<String, List<Integer>> tensors() {
        Map<String, List<Integer>> all = new LinkedHashMap<>();
        all.put("model.embed_tokens.weight", List.of(vocabulary, hidden));
        for (int layer = 0; layer < layers; layer++) {
            String at = "model.layers." + layer + ".";
            all.put(at + "input_layernorm.weight", List.of(hidden));
            all.put(at + "self_attn.q_proj.weight", List.of(hidden, hidden));
            all.put(at + "self_attn.k_proj.weight", List.of(kvWidth(), hidden));
            all.put(at + "self_attn.v_proj.weight", List.of(kvWidth(), hidden));
            all.put(at + "self_attn.o_proj.weight", List.of(hidden, hidden));
            all.put(at + "post_attention_layernorm.weight", List.of(hidden));
            all.put(at + "mlp.gate_proj.weight", List.of(intermediate, hidden));
            all.put(at + "mlp.up_proj.weight", List.of(intermediate, hidden));
            all.put(at + "mlp.down_proj.weight", List.of(hidden, intermediate));
        }
        all.put("model.norm.weight", List.of(hidden));
        all.put(OUTPUT, List.of(vocabulary, hidden));
        return all;
    }

    static final String OUTPUT = "lm_head.weight";

    LlamaConfig toJlama() {
        return new LlamaConfig(
                context,
                hidden,
                intermediate,
                heads,
                kvHeads,
                layers,
                (float) normEps,
                vocabulary,
                bos,
                eos,
                ActivationFunction.Type.SILU,
                ropeTheta,
                ropeFactor == 1 ? null : Map.of("rope_type", "linear", "factor", Double.toString(ropeFactor)));
    }
}
