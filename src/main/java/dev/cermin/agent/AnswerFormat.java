package dev.cermin.agent;

import dev.cermin.critique.TaggedText;
import dev.cermin.loop.Draft;
import java.util.Locale;

/** How a model's text becomes a draft. */
public enum AnswerFormat {
    /** The whole text is the answer. */
    PLAIN {
        @Override
        public Draft read(String text, String model) {
            return new Draft("", text.strip(), model);
        }
    },
    /**
     * The tags of Reflection-Tuning: the answer is what stands in the first {@code <output>}, up to its end or the
     * text's; one that the thinking merely mentions counts only where there is no other. Without that tag the whole text
     * is the answer.
     */
    TAGGED {
        @Override
        public Draft read(String text, String model) {
            String thinking = TaggedText.first(text, "thinking").orElse("");
            String output = TaggedText.first(TaggedText.without(text, "thinking"), "output")
                    .or(() -> TaggedText.first(text, "output"))
                    .orElse(text.strip());
            return new Draft(thinking, output, model);
        }
    };

    /** Reads any text. */
    public abstract Draft read(String text, String model);

    /** As written in agent files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
