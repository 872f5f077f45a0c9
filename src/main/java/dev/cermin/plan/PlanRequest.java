package dev.cermin.plan;

import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a model. Immutable; {@link #of} has the defaults.
 *
 * @param gpus the cards; none for the CPU alone
 * @param context tokens of prompt and answer, for each of the sequences in parallel
 * @param parallel sequences at once: llama-server's slots
 * @param quant null: the most exact one, of Q8_0 to Q4_K_M, that fits the cards whole
 * @param kv null: f16, or q8_0 where only that fits the cards whole
 * @param flashAttention default true
 * @param ram bytes of the host's memory; 0: not known
 */
public record PlanRequest(
        Gpus gpus,
        int context,
        int parallel,
        @Nullable Quant quant,
        @Nullable KvType kv,
        boolean flashAttention,
        long ram) {
    public PlanRequest {
        if (context < 1 || parallel < 1 || ram < 0 || context > 100_000_000 || parallel > 10_000) {
            throw new PlanException(
                    "A context of %d tokens for each of %d sequences, and %d bytes of RAM: 1 or more tokens and sequences are expected"
                            .formatted(context, parallel, ram));
        }
        if (!flashAttention && kv != null && kv.quantised()) {
            throw new PlanException("A KV cache of %s needs flash attention: leave it on, or take f16".formatted(kv));
        }
    }

    /** One sequence; quantisation and KV type are chosen. */
    public static PlanRequest of(Gpus gpus, int context) {
        return new PlanRequest(gpus, context, 1, null, null, true, 0);
    }

    /** From what a command line was given; null is the default of each. */
    public static PlanRequest parse(
            String gpus,
            int context,
            int parallel,
            @Nullable String quant,
            @Nullable String kv,
            boolean flashAttention,
            @Nullable String ram) {
        return new PlanRequest(
                Gpus.parse(gpus),
                context,
                parallel,
                quant == null ? null : Quant.parse(quant),
                kv == null ? null : KvType.parse(kv),
                flashAttention,
                ram == null ? 0 : Sizes.parse(ram, "the host's memory"));
    }

    PlanRequest withGpus(Gpus other) {
        return new PlanRequest(other, context, parallel, quant, kv, flashAttention, ram);
    }

    PlanRequest withContext(int tokens) {
        return new PlanRequest(gpus, tokens, parallel, quant, kv, flashAttention, ram);
    }

    PlanRequest withParallel(int sequences) {
        return new PlanRequest(gpus, context, sequences, quant, kv, flashAttention, ram);
    }

    PlanRequest withKv(KvType type) {
        return new PlanRequest(gpus, context, parallel, quant, type, flashAttention, ram);
    }
}
