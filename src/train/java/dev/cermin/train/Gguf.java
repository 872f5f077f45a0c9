package dev.cermin.train;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model in one file, as llama.cpp loads it (github.com/ggml-org/ggml/blob/master/docs/gguf.md, version 3). */
final class Gguf {
    private static final int MAGIC = 0x46554747;
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    // the types of values
    private static final int INT32 = 5;
    private static final int UINT32 = 4;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    // the types of tokens
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    /** A tag is the user's: control tokens are not rendered, and no stop text would ever match them. */
    private static final int USER_DEFINED = 4;

    private static final int UNUSED = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int keys;

    private Gguf() {}

    static void write(Weights weights, Quantised type, Path file) throws IOException {
        Gguf about = new Gguf();
        about.describe(weights.shape(), type);
        List<byte[]> blocks = new ArrayList<>();
        Gguf index = new Gguf();
        long offset = 0;
        for (Weights.Matrix matrix : weights.all()) {
            // what a quarter of the bits would cost most: the embedding is the output too
            Quantised own = matrix.isVector()
                    ? Quantised.F32
                    : matrix.gguf().equals("token_embd.weight") && type == Quantised.Q4_0 ? Quantised.Q8_0 : type;
            byte[] data = own.bytes(arranged(matrix, weights.shape()));
            index.text(matrix.gguf());
            index.number(matrix.isVector() ? 1 : 2);
            if (!matrix.isVector()) {
                index.size(matrix.columns());
            }
            index.size(matrix.rows());
            index.number(own.tensorType());
            index.size(offset);
            blocks.add(data);
            offset += aligned(data.length);
        }
        Gguf head = new Gguf();
        head.number(MAGIC);
        head.number(VERSION);
        head.size(blocks.size());
        head.size(about.keys);
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
            to.write(head.out.toByteArray());
            to.write(about.out.toByteArray());
            to.write(index.out.toByteArray());
            pad(to, head.out.size() + about.out.size() + index.out.size());
            for (byte[] block : blocks) {
                to.write(block);
                pad(to, block.length);
            }
        }
    }

    /** ggml turns neighbours by a position where Hugging Face turns halves, so the rows change places. */
    static float[] arranged(Weights.Matrix matrix, Shape shape) {
        if (!matrix.gguf().endsWith("attn_q.weight") && !matrix.gguf().endsWith("attn_k.weight")) {
            return matrix.data();
        }
        float[] arranged = new float[matrix.data().length];
        int half = shape.head() / 2;
        for (int row = 0; row < matrix.rows(); row++) {
            int head = row / shape.head() * shape.head();
            int within = row % shape.head();
            int to = head + within % half * 2 + within / half;
            System.arraycopy(matrix.data(), row * matrix.columns(), arranged, to * matrix.columns(), matrix.columns());
        }
        return arranged;
    }

    private void describe(Shape shape, Quantised type) {
        key("general.architecture", "llama");
        key("general.name", "mirror");
        key("general.license", "apache-2.0");
        key("general.file_type", type.fileType());
        key("general.quantization_version", 2);
        key("llama.context_length", shape.context());
        key("llama.embedding_length", shape.hidden());
        key("llama.block_count", shape.layers());
        key("llama.feed_forward_length", shape.inner());
        key("llama.attention.head_count", shape.heads());
        key("llama.attention.head_count_kv", shape.heads());
        key("llama.attention.layer_norm_rms_epsilon", (float) Shape.NORM_EPSILON);
        key("llama.rope.freq_base", (float) Shape.ROPE_THETA);
        key("llama.rope.dimension_count", shape.head());
        key("llama.vocab_size", shape.vocabulary());
        key("tokenizer.ggml.model", "gpt2");
        key("tokenizer.ggml.pre", "llama-bpe");
        key("tokenizer.ggml.bos_token_id", Token.BEGIN);
        key("tokenizer.ggml.eos_token_id", Token.END);
        key("tokenizer.ggml.padding_token_id", Token.PAD);
        begin("tokenizer.ggml.add_bos_token", BOOL);
        out.write(1);
        List<String> tokens = ModelFolder.tokens(shape);
        array("tokenizer.ggml.tokens", STRING, tokens.size());
        tokens.forEach(this::text);
        array("tokenizer.ggml.token_type", INT32, tokens.size());
        for (int id = 0; id < tokens.size(); id++) {
            number(tokenType(id));
        }
        // an empty list is refused, and this pair never meets
        array("tokenizer.ggml.merges", STRING, 1);
        text("! !");
    }

    private static int tokenType(int id) {
        if (id < Token.BEGIN) {
            return NORMAL;
        }
        return id < Token.THINKING ? CONTROL : id <= Token.OUTPUT_END ? USER_DEFINED : UNUSED;
    }

    private void key(String name, String value) {
        begin(name, STRING);
        text(value);
    }

    private void key(String name, int value) {
        begin(name, UINT32);
        number(value);
    }

    private void key(String name, float value) {
        begin(name, FLOAT32);
        number(Float.floatToIntBits(value));
    }

    private void array(String name, int type, int size) {
        begin(name, ARRAY);
        number(type);
        size(size);
    }

    private void begin(String name, int type) {
        keys++;
        text(name);
        number(type);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        size(bytes.length);
        out.writeBytes(bytes);
    }

    private void number(int number) {
        out.writeBytes(Tensors.array(Tensors.little(4).putInt(number)));
    }

    private void size(long size) {
        ByteBuffer eight = Tensors.little(8).putLong(size);
        out.writeBytes(Tensors.array(eight));
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void pad(OutputStream to, int written) throws IOException {
        to.write(new byte[(int) (aligned(written) - written)]);
    }
}
