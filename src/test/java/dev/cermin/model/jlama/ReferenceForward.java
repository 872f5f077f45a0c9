package dev.cermin.model.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Llama forward pass in double precision, written from its definition and sharing nothing with the engine. */
public final class ReferenceForward {
    private final Map<String, float[]> tensors = new HashMap<>();
    private final int hidden;
    private final int layers;
    private final int heads;
    private final int kvHeads;
    private final double eps;
    private final double theta;
    private final double scaling;
    private final float[] output;

    public ReferenceForward(Path folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode config = mapper.readTree(folder.resolve("config.json").toFile());
        hidden = config.get("hidden_size").asInt();
        layers = config.get("num_hidden_layers").asInt();
        heads = config.get("num_attention_heads").asInt();
        kvHeads = config.get("num_key_value_heads").asInt();
        eps = config.get("rms_norm_eps").asDouble();
        theta = config.get("rope_theta").asDouble();
        scaling = config.path("rope_scaling").path("factor").asDouble(1);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[Math.toIntExact(file.getLong())];
        file.get(header);
        ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        JsonNode entries = mapper.readTree(new String(header, StandardCharsets.UTF_8));
        entries.properties().forEach(entry -> {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode offsets = entry.getValue().get("data_offsets");
                int begin = offsets.get(0).asInt();
                ByteBuffer bytes =
                        data.slice(begin, offsets.get(1).asInt() - begin).order(ByteOrder.LITTLE_ENDIAN);
                float[] values = floats(entry.getValue().get("dtype").asText(), bytes);
                tensors.put(entry.getKey(), values);
            }
        });
        tensors.keySet().stream()
                .filter(name -> tensors.containsKey(name + ".qb"))
                .forEach(name -> scale(tensors.get(name), tensors.get(name + ".qb")));
        output = tensors.getOrDefault("lm_head.weight", tensors.get("model.embed_tokens.weight"));
    }

    private static float[] floats(String type, ByteBuffer bytes) {
        float[] values;
        switch (type) {
            case "F32" -> {
                values = new float[bytes.remaining() / 4];
                bytes.asFloatBuffer().get(values);
            }
            case "BF16" -> {
                values = new float[bytes.remaining() / 2];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                }
            }
            case "Q4" -> {
                // blocks of 32: sixteen bytes, the low halves first
                values = new float[2 * bytes.remaining()];
                for (int i = 0; i < values.length; i++) {
                    int packed = bytes.get(i / 32 * 16 + i % 16);
                    values[i] = (i % 32 < 16 ? packed & 0xF : packed >> 4 & 0xF) - 8;
                }
            }
            default -> throw new IllegalArgumentException(type);
        }
        return values;
    }

    private static void scale(float[] values, float[] ofBlocks) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= ofBlocks[i / 32];
        }
    }

    /** The log-probability of every token but the first. */
    public double[] logProbabilities(int[] tokens) {
        double[][] logits = logits(tokens);
        double[] result = new double[tokens.length - 1];
        for (int i = 0; i < result.length; i++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (double logit : logits[i]) {
                greatest = Math.max(greatest, logit);
            }
            double sum = 0;
            for (double logit : logits[i]) {
                sum += Math.exp(logit - greatest);
            }
            result[i] = logits[i][tokens[i + 1]] - greatest - Math.log(sum);
        }
        return result;
    }

    /** The likeliest continuation, one token at a time. */
    int[] greedy(int[] prompt, int count) {
        Pass pass = new Pass();
        double[] last = null;
        for (int token : prompt) {
            last = pass.step(token);
        }
        int[] made = new int[count];
        for (int i = 0; i < count; i++) {
            int best = 0;
            for (int id = 1; id < last.length; id++) {
                if (last[id] > last[best]) {
                    best = id;
                }
            }
            made[i] = best;
            last = pass.step(best);
        }
        return made;
    }

    private double[][] logits(int[] tokens) {
        Pass pass = new Pass();
        double[][] logits = new double[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            logits[i] = pass.step(tokens[i]);
        }
        return logits;
    }

    /** One pass over a text: the keys and values of every position so far. */
    private final class Pass {
        private final List<List<double[]>> keys = new ArrayList<>();
        private final List<List<double[]>> values = new ArrayList<>();
        private int position;

        Pass() {
            for (int layer = 0; layer < layers; layer++) {
                keys.add(new ArrayList<>());
                values.add(new ArrayList<>());
            }
        }

        double[] step(int token) {
            double[] x = new double[hidden];
            for (int i = 0; i < hidden; i++) {
                x[i] = tensors.get("model.embed_tokens.weight")[token * hidden + i];
            }
            for (int layer = 0; layer < layers; layer++) {
                String at = "model.layers." + layer + ".";
                add(x, attention(layer, at + "self_attn.", normed(x, at + "input_layernorm.weight")));
                add(x, feedForward(at + "mlp.", normed(x, at + "post_attention_layernorm.weight")));
            }
            position++;
            return times(output, normed(x, "model.norm.weight"));
        }

        private double[] attention(int layer, String at, double[] x) {
            int size = hidden / heads;
            double[] query = rotated(project(at + "q_proj.weight", x), size);
            keys.get(layer).add(rotated(project(at + "k_proj.weight", x), size));
            values.get(layer).add(project(at + "v_proj.weight", x));
            double[] mixed = new double[hidden];
            for (int head = 0; head < heads; head++) {
                int from = head * kvHeads / heads * size;
                double[] weights = new double[position + 1];
                double total = 0;
                for (int t = 0; t <= position; t++) {
                    double dot = 0;
                    for (int i = 0; i < size; i++) {
                        dot += query[head * size + i] * keys.get(layer).get(t)[from + i];
                    }
                    weights[t] = Math.exp(dot / Math.sqrt(size));
                    total += weights[t];
                }
                for (int t = 0; t <= position; t++) {
                    for (int i = 0; i < size; i++) {
                        mixed[head * size + i] +=
                                weights[t] / total * values.get(layer).get(t)[from + i];
                    }
                }
            }
            return project(at + "o_proj.weight", mixed);
        }

        private double[] rotated(double[] x, int size) {
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                int within = i % size;
                int pair = within % (size / 2);
                double angle = position / scaling / Math.pow(theta, 2.0 * pair / size);
                double other = within < size / 2 ? -x[i + size / 2] : x[i - size / 2];
                y[i] = x[i] * Math.cos(angle) + other * Math.sin(angle);
            }
            return y;
        }
    }

    private double[] feedForward(String at, double[] x) {
        double[] gate = project(at + "gate_proj.weight", x);
        double[] up = project(at + "up_proj.weight", x);
        for (int i = 0; i < gate.length; i++) {
            gate[i] *= up[i] / (1 + Math.exp(-gate[i]));
        }
        return project(at + "down_proj.weight", gate);
    }

    private double[] normed(double[] x, String weight) {
        double squares = 0;
        for (double v : x) {
            squares += v * v;
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] / Math.sqrt(squares / x.length + eps) * tensors.get(weight)[i];
        }
        return y;
    }

    private double[] project(String weight, double[] x) {
        return times(tensors.get(weight), x);
    }

    private static double[] times(float[] matrix, double[] x) {
        double[] y = new double[matrix.length / x.length];
        for (int row = 0; row < y.length; row++) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += matrix[row * x.length + i] * x[i];
            }
            y[row] = sum;
        }
        return y;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
