package dev.cermin.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds out about a model: a GGUF file, a config.json or its folder, or a published shape by name. */
public final class ModelInfos {
    private static final List<String> PUBLISHED = List.of(
            "llama-3.1-8b",
            "llama-3.1-70b",
            "llama-3.1-405b",
            "llama-3.2-1b",
            "mixtral-8x7b",
            "mixtral-8x22b",
            "qwen3-30b-a3b");

    private ModelInfos() {}

    /** The names of the published shapes. */
    public static List<String> published() {
        return PUBLISHED;
    }

    /**
     * @param given a path or a name
     * @throws PlanException where it is neither, or can't be read; the message says what to do
     */
    public static ModelInfo find(String given) {
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (PUBLISHED.contains(name)) {
            return new ModelInfo(ConfigJson.read(resource(name), name, name), null, name + ".gguf", List.of());
        }
        Path path = Path.of(given);
        if (Files.isDirectory(path)) {
            path = path.resolve("config.json");
        }
        if (!Files.isRegularFile(path)) {
            throw new PlanException(
                    "There is no model '%s': a GGUF file, a config.json, its folder, or one of %s is expected"
                            .formatted(given, PUBLISHED));
        }
        return path.getFileName().toString().endsWith(".json") ? config(path) : GgufModel.read(path);
    }

    private static ModelInfo config(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        String name = folder == null || folder.getFileName() == null
                ? "model"
                : folder.getFileName().toString();
        try {
            Shape shape = ConfigJson.read(Files.readString(path), path.toString(), name);
            return new ModelInfo(shape, null, name + ".gguf", List.of());
        } catch (IOException e) {
            throw new PlanException("%s can't be read: %s".formatted(path, e), e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = ModelInfos.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The library is incomplete: the shape of " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new PlanException("The shape of %s can't be read: %s".formatted(name, e), e);
        }
    }
}
