package dev.cermin.eval.suite;

import dev.cermin.text.Names;
import java.util.List;
import java.util.stream.Stream;

/** Whose wording of a benchmark it is asked in, and whose reading its answers get. */
public enum Convention {
    /** EleutherAI's lm-evaluation-harness. */
    HARNESS("harness"),
    /** OpenAI's simple-evals. */
    SIMPLE_EVALS("simple-evals"),
    /** Nobody's: the question alone, for agents whose own prompts say how to answer. */
    BARE("bare");

    private final String label;

    Convention(String label) {
        this.label = label;
    }

    /** As a command line and a report have it. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException for a label that is none; the message lists those that are */
    public static Convention of(String label) {
        List<String> labels = Stream.of(values()).map(Convention::label).toList();
        int at = labels.indexOf(label);
        if (at < 0) {
            throw new IllegalArgumentException("There is no convention '%s'; known are %s%s"
                    .formatted(label, String.join(", ", labels), Names.hint(label, labels)));
        }
        return values()[at];
    }
}
