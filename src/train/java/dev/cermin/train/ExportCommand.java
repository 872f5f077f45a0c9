package dev.cermin.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cermin.problem.Family;
import dev.cermin.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes a trained model for the engines: a folder of safetensors for Jlama, and GGUF files for llama.cpp.",
            "The folder has a reference.json, by which an engine is checked when it loads the model."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportCommand implements Callable<Integer> {
    private static final long REFERENCE_SEED = 42;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    private Path run = Path.of("");

    @Option(names = "--out", required = true, description = "A folder for the model; made if need be.")
    private Path out = Path.of("");

    @Option(names = "--gguf", description = "Also model-f32.gguf, model-q8_0.gguf and model-q4_0.gguf.")
    private boolean gguf;

    @Override
    public Integer call() throws IOException {
        Weights weights = new Weights(Tensors.read(run.resolve(Checkpoint.FILE)));
        ModelFolder.write(weights, out);
        reference(weights);
        if (gguf) {
            for (Quantised type : Quantised.values()) {
                Gguf.write(
                        weights,
                        type,
                        out.resolve("model-%s.gguf".formatted(type.name().toLowerCase(Locale.ROOT))));
            }
        }
        System.out.println("written to " + out);
        return 0;
    }

    /** A problem, its draft wrong, as a model that makes no mistake would go on. */
    private void reference(Weights weights) throws IOException {
        Random random = new Random(REFERENCE_SEED);
        Problem problem = Family.QUADRATIC.any(random);
        Sequence sequence = Sequence.of(problem, problem.nearMiss(random));
        StringBuilder text = new StringBuilder();
        for (int token : java.util.Arrays.copyOfRange(sequence.tokens(), 1, sequence.length())) {
            text.append(token < Token.BEGIN ? String.valueOf((char) token) : Token.TAGS.get(token - Token.BEGIN));
        }
        var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(
                out.resolve("reference.json"),
                json.writeValueAsString(json.createObjectNode()
                                .put("text", text.toString())
                                .put("nll", new ExactForward(weights).nll(sequence.tokens()))
                                .put(
                                        "about",
                                        "mean negative log-likelihood in nats a token, the first being given;"
                                                + " computed in double precision"))
                        + "\n");
    }
}
