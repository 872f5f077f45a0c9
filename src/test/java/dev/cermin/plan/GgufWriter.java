package dev.cermin.plan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files with real headers and holes for weights, so that a file of 40 GB takes no disk. */
final class GgufWriter {
    final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    final Map<String, Long> offsets = new HashMap<>();
    private int version = 3;
    private String magic = "GGUF";

    private record Tensor(String name, TensorType type, int id, List<Long> extents) {}

    /** As llama-quantize leaves a model of that shape. */
    static GgufWriter of(Shape shape, String architecture, Quant quant, int fileType) {
        GgufWriter writer = new GgufWriter();
        writer.values.put("general.architecture", architecture);
        writer.values.put("general.name", shape.name());
        writer.values.put("general.file_type", fileType);
        String at = architecture + ".";
        writer.values.put(at + "block_count", shape.layers());
        writer.values.put(at + "embedding_length", shape.hidden());
        writer.values.put(at + "feed_forward_length", shape.feedForward());
        writer.values.put(at + "attention.head_count", shape.heads());
        writer.values.put(at + "attention.head_count_kv", shape.kvHeads());
        writer.values.put(at + "attention.layer_norm_rms_epsilon", 1e-5f);
        writer.values.put(at + "context_length", shape.context());
        if (shape.mixture()) {
            writer.values.put(at + "expert_count", shape.experts());
            writer.values.put(at + "expert_used_count", shape.expertsUsed());
        }
        writer.values.put("tokenizer.ggml.add_bos_token", true);
        writer.values.put("tokenizer.ggml.tokens", new String[shape.vocabulary()]);
        writer.values.put("tokenizer.ggml.token_type", new int[shape.vocabulary()]);
        writer.tensors(shape, quant);
        return writer;
    }

    private void tensors(Shape shape, Quant quant) {
        long d = shape.hidden();
        long f = shape.feedForward();
        long kv = (long) shape.kvHeads() * shape.keySize();
        long q = (long) shape.heads() * shape.keySize();
        add("token_embd.weight", quant.embedding(shape.tied()), d, shape.vocabulary());
        for (int i = 0; i < shape.layers(); i++) {
            String at = "blk." + i + ".";
            TensorType other = quant.of(Quant.Part.OTHER, i, shape);
            add(at + "attn_norm.weight", TensorType.F32, d);
            add(at + "attn_q.weight", other, d, q);
            add(at + "attn_k.weight", quant.of(Quant.Part.KEY, i, shape), d, kv);
            add(at + "attn_v.weight", quant.of(Quant.Part.VALUE, i, shape), d, kv);
            add(at + "attn_output.weight", quant.of(Quant.Part.ATTENTION_OUTPUT, i, shape), q, d);
            add(at + "ffn_norm.weight", TensorType.F32, d);
            TensorType down = quant.of(Quant.Part.DOWN, i, shape);
            if (shape.mixture()) {
                add(at + "ffn_gate_inp.weight", TensorType.F32, d, shape.experts());
                add(at + "ffn_gate_exps.weight", other, d, f, shape.experts());
                add(at + "ffn_up_exps.weight", other, d, f, shape.experts());
                add(at + "ffn_down_exps.weight", down, f, d, shape.experts());
            } else {
                add(at + "ffn_gate.weight", other, d, f);
                add(at + "ffn_up.weight", other, d, f);
                add(at + "ffn_down.weight", down, f, d);
            }
        }
        add("output_norm.weight", TensorType.F32, d);
        if (!shape.tied()) {
            add("output.weight", quant.output(), d, shape.vocabulary());
        }
    }

    GgufWriter add(String name, TensorType type, long... extents) {
        return addRaw(name, type, -1, extents);
    }

    GgufWriter addRaw(String name, TensorType type, int id, long... extents) {
        tensors.add(new Tensor(name, type, id, Arrays.stream(extents).boxed().toList()));
        return this;
    }

    GgufWriter version(int number) {
        version = number;
        return this;
    }

    GgufWriter magic(String bytes) {
        magic = bytes;
        return this;
    }

    Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ints(version));
        out.writeBytes(longs(tensors.size()));
        out.writeBytes(longs(values.size()));
        values.forEach((key, value) -> {
            text(out, key);
            value(out, value);
        });
        long offset = 0;
        for (Tensor tensor : tensors) {
            text(out, tensor.name());
            out.writeBytes(ints(tensor.extents().size()));
            long rows = 1;
            for (int i = 0; i < tensor.extents().size(); i++) {
                out.writeBytes(longs(tensor.extents().get(i)));
                rows *= i == 0 ? 1 : tensor.extents().get(i);
            }
            out.writeBytes(ints(tensor.id() >= 0 ? tensor.id() : id(tensor.type())));
            out.writeBytes(longs(offsets.getOrDefault(tensor.name(), offset)));
            offset += (tensor.type().bytes(rows, tensor.extents().getFirst()) + 31) / 32 * 32;
        }
        try (RandomAccessFile to = new RandomAccessFile(file.toFile(), "rw")) {
            to.write(out.toByteArray());
            to.setLength((out.size() + 31L) / 32 * 32 + offset);
        }
        return file;
    }

    private static int id(TensorType type) {
        for (int id = 0; id < 64; id++) {
            if (TensorType.of(id) == type) {
                return id;
            }
        }
        throw new IllegalStateException(type.name());
    }

    private static void value(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                out.writeBytes(ints(8));
                text(out, text);
            }
            case Integer number -> {
                out.writeBytes(ints(4));
                out.writeBytes(ints(number));
            }
            case Float number -> {
                out.writeBytes(ints(6));
                out.writeBytes(ints(Float.floatToIntBits(number)));
            }
            case Boolean yes -> {
                out.writeBytes(ints(7));
                out.write(yes ? 1 : 0);
            }
            case String[] texts -> {
                out.writeBytes(ints(9, 8));
                out.writeBytes(longs(texts.length));
                for (String text : texts) {
                    text(out, text == null ? "t" : text);
                }
            }
            case int[] numbers -> {
                out.writeBytes(ints(9, 5));
                out.writeBytes(longs(numbers.length));
                out.writeBytes(ints(numbers));
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(longs(bytes.length));
        out.writeBytes(bytes);
    }

    private static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    private static byte[] longs(long number) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }
}
