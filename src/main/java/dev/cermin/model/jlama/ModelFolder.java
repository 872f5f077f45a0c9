package dev.cermin.model.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A model folder whose files are all there, whole, and fit each other.
 *
 * @param inFloats whether all weights are 32-bit floats, so that it computes in them
 */
record ModelFolder(Path path, LlamaShape shape, boolean inFloats) {
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    private static final String EXPECTED = "A model folder holds config.json, tokenizer.json and " + WEIGHTS;

    /** Looks at every file before Jlama does, since Jlama's own errors name neither file nor remedy. */
    static ModelFolder check(Path path) {
        if (!Files.isDirectory(path)) {
            throw new ModelLoadException(
                    path,
                    Files.exists(path) ? "it is a file, and a folder was expected" : "there is no such folder",
                    "Give the folder that holds config.json, tokenizer.json and " + WEIGHTS);
        }
        LlamaShape shape = ConfigReader.read(required(path, "config.json"));
        ConfigReader.json(required(path, "tokenizer.json"));
        if (Files.exists(path.resolve("tokenizer_config.json"))) {
            ConfigReader.json(path.resolve("tokenizer_config.json"));
        }
        Map<String, Safetensors.Tensor> found = new LinkedHashMap<>();
        for (Path file : weightFiles(path)) {
            found.putAll(Safetensors.tensors(file));
        }
        matchTensors(path, shape, found);
        boolean inFloats =
                found.values().stream().allMatch(tensor -> tensor.type().equals("F32"));
        return new ModelFolder(path, shape, inFloats);
    }

    private static Path required(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelLoadException(folder, "the file " + name + " is missing", EXPECTED);
        }
        return file;
    }

    private static Iterable<Path> weightFiles(Path folder) {
        Path index = folder.resolve(INDEX);
        if (!Files.exists(index)) {
            return List.of(required(folder, WEIGHTS));
        }
        JsonNode json = ConfigReader.json(index);
        if (!json.path("weight_map").isObject() || !json.path("metadata").isObject()) {
            throw new ModelLoadException(
                    index, "it has no weight_map or no metadata", "Restore the file from the model's source");
        }
        TreeSet<Path> files = new TreeSet<>();
        json.path("weight_map").forEach(name -> files.add(required(folder, name.asText())));
        return files;
    }

    private static void matchTensors(Path folder, LlamaShape shape, Map<String, Safetensors.Tensor> found) {
        shape.tensors().forEach((name, expected) -> {
            List<Integer> given = found.containsKey(name) ? found.get(name).shape() : null;
            if (given != null && given.size() == 2 && expected.size() == 1 && given.getFirst() == 1) {
                given = given.subList(1, 2); // as Jlama's own quantising writes a norm
            }
            if (given == null && name.equals(LlamaShape.OUTPUT) && shape.tiedEmbeddings()) {
                return;
            }
            if (!expected.equals(given)) {
                throw new ModelLoadException(
                        folder,
                        given == null
                                ? "the weights lack tensor " + name + " of shape " + expected
                                : "tensor " + name + " has shape " + given + ", and config.json asks for " + expected,
                        "Take config.json and the weights from the same model");
            }
        });
    }
}
