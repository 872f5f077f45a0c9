package dev.cermin.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a model's shape and weights of a GGUF file. */
final class GgufModel {
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,5})\\.(.*)");

    /** {@code general.file_type}, llama_ftype of llama.h. */
    private static final Map<Long, String> FILE_TYPES = Map.ofEntries(
            Map.entry(0L, "F32"),
            Map.entry(1L, "F16"),
            Map.entry(2L, "Q4_0"),
            Map.entry(3L, "Q4_1"),
            Map.entry(7L, "Q8_0"),
            Map.entry(8L, "Q5_0"),
            Map.entry(9L, "Q5_1"),
            Map.entry(10L, "Q2_K"),
            Map.entry(11L, "Q3_K_S"),
            Map.entry(12L, "Q3_K_M"),
            Map.entry(13L, "Q3_K_L"),
            Map.entry(14L, "Q4_K_S"),
            Map.entry(15L, "Q4_K_M"),
            Map.entry(16L, "Q5_K_S"),
            Map.entry(17L, "Q5_K_M"),
            Map.entry(18L, "Q6_K"),
            Map.entry(25L, "IQ4_NL"),
            Map.entry(30L, "IQ4_XS"),
            Map.entry(32L, "BF16"),
            Map.entry(38L, "MXFP4"));

    private final GgufFile file;
    private final String architecture;
    private final List<String> notes = new ArrayList<>();

    private GgufModel(GgufFile file) {
        this.file = file;
        this.architecture = string("general.architecture");
    }

    static ModelInfo read(Path path) {
        GgufFile first = GgufFile.read(path);
        GgufModel model = new GgufModel(first);
        List<GgufFile.Tensor> tensors = new ArrayList<>();
        first.parts().forEach(part -> tensors.addAll(part.tensors()));
        boolean tied = tensors.stream().noneMatch(tensor -> tensor.name().equals("output.weight"));
        Shape shape = model.shape(tied);
        Weights weights = model.weights(tensors, shape);
        return new ModelInfo(shape, new ModelInfo.Stored(weights), path.toString(), model.notes);
    }

    private Shape shape(boolean tied) {
        int hidden = integer("embedding_length");
        int heads = most("attention.head_count", null);
        int kvHeads = most("attention.head_count_kv", heads);
        if (file.values().get(key("attention.head_count_kv")) instanceof List<?> each
                && each.stream().distinct().count() > 1) {
            notes.add(
                    "its layers differ in key-value heads; the most of any, %d, is planned for all".formatted(kvHeads));
        }
        if (file.values().containsKey(key("attention.kv_lora_rank"))) {
            notes.add("it compresses keys and values (MLA), so that its cache will be smaller than planned");
        }
        if (file.values().containsKey(key("attention.sliding_window"))) {
            notes.add("some of its layers may look at a window only, so that its cache can be smaller than planned");
        }
        if (kvHeads > 8 && hidden == 16384 && architecture.equals("llama")) {
            notes.add("it says %d key-value heads; Llama-3.1-405B has 8, and a file with 16 takes twice the cache"
                    .formatted(kvHeads));
        }
        int headSize = hidden / Math.max(1, heads);
        int experts = optional("expert_count", 0);
        return new Shape(
                file.values().get("general.name") instanceof String name && !name.isBlank()
                        ? name
                        : String.valueOf(file.path().getFileName()),
                integer("block_count"),
                hidden,
                experts > 0
                        ? optional("expert_feed_forward_length", most("feed_forward_length", null))
                        : most("feed_forward_length", null),
                heads,
                kvHeads,
                optional("attention.key_length", headSize),
                optional("attention.value_length", headSize),
                vocabulary(),
                optional("context_length", 0),
                experts,
                optional("expert_used_count", 0),
                tied);
    }

    private int vocabulary() {
        Object tokens = file.values().get("tokenizer.ggml.tokens");
        int fromTokens = tokens instanceof Long count ? Math.toIntExact(count) : 0;
        return fromTokens > 0 ? fromTokens : integer("vocab_size");
    }

    private Weights weights(List<GgufFile.Tensor> tensors, Shape shape) {
        long[] bytes = new long[shape.layers()];
        long[] experts = new long[shape.layers()];
        long embedding = 0;
        long output = 0;
        for (GgufFile.Tensor tensor : tensors) {
            Matcher layer = LAYER.matcher(tensor.name());
            if (layer.matches()) {
                int number = Integer.parseInt(layer.group(1));
                if (number >= shape.layers()) {
                    throw new PlanException("%s has tensor %s, and its %s says %d layers; fetch it again"
                            .formatted(file.path(), tensor.name(), key("block_count"), shape.layers()));
                }
                bytes[number] += tensor.bytes();
                experts[number] += layer.group(2).contains("_exps") ? tensor.bytes() : 0;
            } else if (tensor.name().startsWith("output")) {
                output += tensor.bytes();
            } else {
                embedding += tensor.bytes();
            }
        }
        if (embedding == 0 || Arrays.stream(bytes).anyMatch(layer -> layer == 0)) {
            throw new PlanException(
                    "%s lacks the tensors of its embeddings or of some layer, of which it says it has %d; is a part of it missing?"
                            .formatted(file.path(), shape.layers()));
        }
        List<Weights.Layer> layers = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            layers.add(new Weights.Layer(bytes[i], experts[i]));
        }
        String quant = FILE_TYPES.getOrDefault(
                file.values().get("general.file_type") instanceof Long type ? type : -1L, "a mixture of types");
        // where the embeddings are the output matrix as well, the cards get a copy
        return Weights.of(quant, embedding, shape.tied() ? output + embedding : output, layers, output);
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private String string(String key) {
        if (file.values().get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw missing(key, "a string");
    }

    private int integer(String name) {
        return number(key(name), file.values().get(key(name)));
    }

    private int optional(String name, int absent) {
        Object value = file.values().get(key(name));
        return value == null ? absent : number(key(name), value);
    }

    /** Some models say it layer by layer. */
    private int most(String name, @org.jspecify.annotations.Nullable Integer absent) {
        Object value = file.values().get(key(name));
        if (value == null && absent != null) {
            return absent;
        }
        if (value instanceof List<?> each && !each.isEmpty()) {
            return each.stream().mapToInt(one -> number(key(name), one)).max().orElseThrow();
        }
        return number(key(name), value);
    }

    private int number(String key, @org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw missing(key, "an integer");
    }

    private PlanException missing(String key, String expected) {
        Object given = file.values().get(key);
        return new PlanException(String.format(
                Locale.ROOT,
                "%s says %s for '%s', where %s is expected. Convert the model anew",
                file.path(),
                given == null ? "nothing" : given,
                key,
                expected));
    }
}
