package dev.cermin.agent;

import dev.cermin.critique.TaggedText;
import java.util.List;
import java.util.Locale;

/** How a model's text becomes a draft. */
public enum AnswerFormat {
    /** The whole text is the answer. */
    PLAIN {
        @Override
        public Read read(String text) {
            return new Read("", text.strip(), List.of());
        }
    },
    /**
     * The tags of Reflection-Tuning: the answer is what stands in the first {@code <output>}, up to its end or the
     * text's; one that the thinking merely mentions counts only where there is no other. Without that tag the whole text
     * is the answer.
     */
    TAGGED {
        @Override
        public Read read(String text) {
            String thinking = TaggedText.first(text, "thinking").orElse("");
            String output = TaggedText.first(TaggedText.without(text, "thinking"), "output")
                    .or(() -> TaggedText.first(text, "output"))
                    .orElse(text.strip());
            return new Read(thinking, output, List.of());
        }
    };

    /**
     * A model's text, read.
     *
     * @param problems what was amiss with its form
     */
    public record Read(String thinking, String output, List<String> problems) {}

    /** Reads any text. */
    public abstract Read read(String text);

    /** As written in agent files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
