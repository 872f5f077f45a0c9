package dev.cermin.model.jlama;

import com.github.tjake.jlama.tensor.operations.TensorOperationsProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Loads a model in a JVM of its own and prints whether its log-probabilities are the reference's. */
final class CompareWithReference {
    private CompareWithReference() {}

    public static void main(String[] args) throws IOException {
        if (System.getProperty("other-code-first") != null) {
            TensorOperationsProvider.get();
        }
        Path folder = Path.of(args[0]);
        JlamaChatModel.Builder builder = JlamaChatModel.builder().folder(folder);
        if (!args[1].equals("unset")) {
            builder.threads(Integer.parseInt(args[1]));
        }
        try (JlamaChatModel model = builder.build()) {
            boolean exact = true;
            ReferenceForward reference = new ReferenceForward(folder);
            for (int length : new int[] {4, 5, 7, 20, 35, 50, 97}) {
                int[] tokens = new Random(2).ints(length, 0, 256).toArray();
                double[] found = model.logProbabilities(tokens);
                double[] expected = reference.logProbabilities(tokens);
                for (int i = 0; i < found.length; i++) {
                    exact &= Math.abs(found[i] - expected[i]) < 1e-4;
                }
            }
            System.out.println("threads " + model.threads() + ", exact " + exact);
            if (System.getProperty("second") != null) {
                JlamaChatModel.builder()
                        .folder(Path.of(System.getProperty("second")))
                        .build()
                        .close();
            }
        }
    }
}
