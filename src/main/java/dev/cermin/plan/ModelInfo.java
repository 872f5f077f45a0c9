package dev.cermin.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before it is loaded.
 *
 * @param shape its sizes
 * @param stored the weights of a GGUF file, tensor by tensor; null where the quantisation is still to be chosen
 * @param file what {@code llama-server -m} is to get; a placeholder where there is no file yet
 * @param notes what the user should know of how it was read
 */
public record ModelInfo(Shape shape, @Nullable Stored stored, String file, List<String> notes) {
    public ModelInfo {
        notes = List.copyOf(notes);
    }

    /** The weights of a file; what is inside is the planner's. */
    public static final class Stored {
        private final Weights weights;

        Stored(Weights weights) {
            this.weights = weights;
        }

        Weights weights() {
            return weights;
        }
    }
}
