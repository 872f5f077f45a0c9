package dev.cermin.train;

import java.nio.ByteBuffer;

/** How a GGUF file stores a matrix (ggml's block formats); vectors are F32 always. */
enum Quantised {
    F32(0, 0) {
        @Override
        byte[] bytes(float[] data) {
            return Tensors.bytes(data);
        }
    },
    /** A half for the scale, and 32 bytes. */
    Q8_0(8, 7) {
        @Override
        byte[] bytes(float[] data) {
            ByteBuffer out = Tensors.little(data.length / BLOCK * (2 + BLOCK));
            for (int from = 0; from < data.length; from += BLOCK) {
                float scale = Math.abs(extreme(data, from)) / 127;
                float inverse = scale == 0 ? 0 : 1 / scale;
                out.putShort(Float.floatToFloat16(scale));
                for (int i = 0; i < BLOCK; i++) {
                    out.put((byte) Math.round(data[from + i] * inverse));
                }
            }
            return Tensors.array(out);
        }
    },
    /** A half for the scale, and 32 times four bits: the first sixteen in the lower ones. */
    Q4_0(2, 2) {
        @Override
        byte[] bytes(float[] data) {
            ByteBuffer out = Tensors.little(data.length / BLOCK * (2 + BLOCK / 2));
            for (int from = 0; from < data.length; from += BLOCK) {
                float scale = extreme(data, from) / -8;
                float inverse = scale == 0 ? 0 : 1 / scale;
                out.putShort(Float.floatToFloat16(scale));
                for (int i = 0; i < BLOCK / 2; i++) {
                    int low = (int) Math.min(15, data[from + i] * inverse + 8.5f);
                    int high = (int) Math.min(15, data[from + i + BLOCK / 2] * inverse + 8.5f);
                    out.put((byte) (low | high << 4));
                }
            }
            return Tensors.array(out);
        }
    };

    static final int BLOCK = 32;

    private final int tensorType;
    private final int fileType;

    Quantised(int tensorType, int fileType) {
        this.tensorType = tensorType;
        this.fileType = fileType;
    }

    int tensorType() {
        return tensorType;
    }

    int fileType() {
        return fileType;
    }

    abstract byte[] bytes(float[] data);

    /** The value of the largest size in a block, with its sign. */
    static float extreme(float[] data, int from) {
        float extreme = 0;
        for (int i = from; i < from + BLOCK; i++) {
            if (Math.abs(data[i]) > Math.abs(extreme)) {
                extreme = data[i];
            }
        }
        return extreme;
    }
}
