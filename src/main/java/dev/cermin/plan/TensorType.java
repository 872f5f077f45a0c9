package dev.cermin.plan;

/** How the weights of a tensor are stored: ggml's types, in blocks of some weights and some bytes (ggml.h). */
enum TensorType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q8_1(9, 32, 36),
    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ3_XXS(18, 256, 98),
    IQ1_S(19, 256, 50),
    IQ4_NL(20, 32, 18),
    IQ3_S(21, 256, 110),
    IQ2_S(22, 256, 82),
    IQ4_XS(23, 256, 136),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8),
    F64(28, 1, 8),
    IQ1_M(29, 256, 56),
    BF16(30, 1, 2),
    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    MXFP4(39, 32, 17);

    private final int id;
    private final int block;
    private final int bytes;

    TensorType(int id, int block, int bytes) {
        this.id = id;
        this.block = block;
        this.bytes = bytes;
    }

    /** The type that a GGUF file means by a number; null for one that isn't known here. */
    static @org.jspecify.annotations.Nullable TensorType of(int id) {
        for (TensorType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        return null;
    }

    /** Bytes of so many rows of so many weights. A type whose blocks don't fill the row is replaced, as llama.cpp does. */
    long bytes(long rows, long columns) {
        TensorType fitting = fitting(columns);
        return Math.multiplyExact(rows, columns / fitting.block * fitting.bytes);
    }

    private TensorType fitting(long columns) {
        if (columns % block == 0) {
            return this;
        }
        TensorType smaller = switch (this) {
            case Q2_K, Q3_K -> IQ4_NL;
            case Q4_K -> Q5_0;
            case Q5_K -> Q5_1;
            case Q6_K -> Q8_0;
            default -> F16;
        };
        return smaller.fitting(columns);
    }
}
