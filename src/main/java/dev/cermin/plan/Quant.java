package dev.cermin.plan;

import java.util.List;
import java.util.Locale;

/**
 * How a whole model is quantised, as llama-quantize mixes types without an importance matrix. From the most exact to
 * the smallest.
 */
public enum Quant {
    BF16(TensorType.BF16),
    F16(TensorType.F16),
    Q8_0(TensorType.Q8_0),
    Q6_K(TensorType.Q6_K),
    Q5_K_M(TensorType.Q5_K),
    Q4_K_M(TensorType.Q4_K),
    Q4_0(TensorType.Q4_0),
    Q3_K_M(TensorType.Q3_K),
    Q2_K(TensorType.Q2_K);

    /** What is chosen from where none is given: below Q4_K_M answers get worse, and it is said rather than done. */
    static final List<Quant> CHOICE = List.of(Q8_0, Q6_K, Q5_K_M, Q4_K_M);

    private final TensorType base;

    Quant(TensorType base) {
        this.base = base;
    }

    /** A matrix of a layer; those not named here are always of the base type. */
    enum Part {
        KEY,
        VALUE,
        ATTENTION_OUTPUT,
        DOWN,
        OTHER
    }

    static Quant parse(String given) {
        for (Quant quant : values()) {
            if (quant.name().equals(given.toUpperCase(Locale.ROOT))) {
                return quant;
            }
        }
        throw new PlanException("'%s' is no quantisation that can be planned; one of %s is expected"
                .formatted(given, List.of(values())));
    }

    private boolean plain() {
        return this == BF16 || this == F16;
    }

    TensorType embedding(boolean alsoOutput) {
        return alsoOutput ? output() : base;
    }

    TensorType output() {
        return plain() || this == Q8_0 ? base : TensorType.Q6_K;
    }

    TensorType of(Part part, int layer, Shape shape) {
        if (plain()) {
            return base;
        }
        boolean eight = shape.experts() == 8; // llama.cpp's rule for Mixtral
        return switch (part) {
            case KEY -> eight ? TensorType.Q8_0 : base;
            case VALUE -> eight ? TensorType.Q8_0 : value(layer, shape);
            case ATTENTION_OUTPUT -> attentionOutput(eight);
            case DOWN -> down(layer, shape.layers());
            case OTHER -> base;
        };
    }

    private TensorType value(int layer, Shape shape) {
        TensorType type = switch (this) {
            case Q5_K_M, Q4_K_M -> moreBits(layer, shape.layers()) ? TensorType.Q6_K : base;
            case Q3_K_M -> layer < 2 ? TensorType.Q5_K : TensorType.Q4_K;
            case Q2_K -> shape.heads() / shape.kvHeads() >= 4 ? TensorType.Q4_K : TensorType.Q3_K;
            default -> base;
        };
        // a 70B's values are an eighth of its queries: more bits cost next to nothing
        boolean seventy = shape.layers() == 80 && shape.heads() != shape.kvHeads();
        return seventy && (type == TensorType.Q4_K || type == TensorType.Q3_K) ? TensorType.Q5_K : type;
    }

    private TensorType attentionOutput(boolean eight) {
        return switch (this) {
            case Q4_K_M -> eight ? TensorType.Q5_K : base;
            case Q3_K_M -> eight ? TensorType.Q5_K : TensorType.Q4_K;
            case Q2_K -> eight ? TensorType.Q5_K : TensorType.Q3_K;
            default -> base;
        };
    }

    private TensorType down(int layer, int layers) {
        return switch (this) {
            case Q5_K_M, Q4_K_M -> moreBits(layer, layers) ? TensorType.Q6_K : base;
            case Q3_K_M -> layer < layers / 16 ? TensorType.Q5_K : TensorType.Q4_K;
            case Q2_K -> TensorType.Q3_K;
            default -> base;
        };
    }

    private static boolean moreBits(int layer, int layers) {
        return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
    }
}
