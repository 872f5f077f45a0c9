package dev.cermin.model.llamacpp;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a llama-server is started.
 *
 * @param binary the program
 * @param model the GGUF file
 * @param options its own long options without the dashes, such as {@code gpu-layers}, with their values; {@code true} is
 *     an option without a value, {@code false} leaves it out
 * @param extra arguments as they are, after all others
 */
public record LlamaCommand(Path binary, Path model, Map<String, String> options, List<String> extra) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    /** What is Cermin's to say. */
    private static final Set<String> OURS = Set.of("host", "port", "model", "api-key", "api-key-file");

    /** Names that people use for options of llama-server. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of("context", "ctx-size", "slots", "parallel", "n-gpu-layers", "gpu-layers");

    public LlamaCommand {
        Map<String, String> own = new TreeMap<>();
        options.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || OURS.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is no option that can be set here: a long option of llama-server is expected, without dashes, and none of %s, which are set by Cermin"
                                .formatted(name, new java.util.TreeSet<>(OURS)));
            }
            own.put(OTHER_NAMES.getOrDefault(name, name), value.strip());
        });
        options = own;
        extra = List.copyOf(extra);
    }

    /** The slots that these options ask for; 0 where they leave it to the server. */
    public static int slots(Map<String, String> options) {
        String given = options.getOrDefault("parallel", options.getOrDefault("slots", "0"));
        try {
            return Math.max(0, Integer.parseInt(given.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "parallel is '%s'; the number of the server's slots is expected".formatted(given), e);
        }
    }

    List<String> arguments(int port) {
        List<String> arguments = new ArrayList<>(List.of(binary.toString(), "--model", model.toString()));
        Map<String, String> all = new LinkedHashMap<>(options);
        String adapters = all.remove("lora");
        all.forEach((name, value) -> {
            if (!value.equals("false")) {
                arguments.add("--" + name);
                if (!value.equals("true")) {
                    arguments.add(value);
                }
            }
        });
        if (adapters != null) {
            for (String adapter : adapters.split(",", -1)) {
                arguments.add("--lora");
                arguments.add(adapter.strip());
            }
        }
        arguments.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port), "--offline", "--no-webui"));
        arguments.addAll(extra);
        return arguments;
    }
}
