package dev.cermin.plan;

import java.util.List;
import java.util.Locale;

/** How keys and values are kept; those below 16 bits need flash attention. */
public enum KvType {
    F32(32, 128),
    F16(32, 64),
    BF16(32, 64),
    Q8_0(32, 34),
    Q4_0(32, 18);

    private final int block;
    private final int bytes;

    KvType(int block, int bytes) {
        this.block = block;
        this.bytes = bytes;
    }

    static KvType parse(String given) {
        for (KvType type : values()) {
            if (type.name().equals(given.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new PlanException(
                "'%s' is no type of a KV cache; one of %s is expected".formatted(given, List.of(values())));
    }

    boolean quantised() {
        return this == Q8_0 || this == Q4_0;
    }

    long bytes(long values) {
        return Math.multiplyExact((values + block - 1) / block, (long) bytes);
    }

    /** As llama-server's options name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
