package dev.cermin.model.jlama;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The text in a folder's reference.json, whose negative log-likelihood an exact computation has found. An engine that
 * finds another value computes something else than the model, and must not answer.
 */
final class ReferenceText {
    static final String FILE = "reference.json";

    /** Rounding in 32 bits stays below a tenth of this; a dropped row or a wrong weight is far above. */
    private static final double TOLERANCE = 1e-4;

    /** With 16-bit weights Jlama computes in 16 bits, and of quantised ones the reference is the whole model's. */
    private static final double COARSE_TOLERANCE = 0.05;

    private ReferenceText() {}

    /** Does nothing where the folder has no reference. */
    static void check(ModelFolder model, JlamaEngine engine) {
        Path folder = model.path();
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        JsonNode json = ConfigReader.json(file);
        if (!json.path("text").isTextual() || !json.path("nll").isNumber()) {
            throw new ModelLoadException(
                    file, "it must hold a string 'text' and a number 'nll'", "Restore or remove the file");
        }
        double stored = json.path("nll").asDouble();
        double found = mean(engine, json.path("text").asText());
        if (!(Math.abs(found - stored) <= (model.inFloats() ? TOLERANCE : COARSE_TOLERANCE))) {
            throw new ModelLoadException(
                    folder,
                    String.format(
                            Locale.ROOT,
                            "the engine finds a negative log-likelihood of %.6f a token for the text in %s, where %.6f is"
                                    + " stored",
                            found,
                            FILE,
                            stored),
                    "The weights are damaged or this machine miscomputes: fetch the model again, and report it if that"
                            + " does not help");
        }
    }

    /** Mean negative log-likelihood of a text's tokens, in nats, the beginning-of-text token being given. */
    static double mean(JlamaEngine engine, String text) {
        int[] tokens = engine.encode(text);
        if (tokens.length < 2) {
            throw new IllegalArgumentException("The text is empty, expected at least one token to rate.");
        }
        return -Arrays.stream(engine.logProbabilities(tokens, 1)).average().orElseThrow();
    }
}
