package dev.cermin.agent;

import dev.cermin.tagged.Tagged;
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
    /** The tags of Reflection-Tuning; which output is the answer, whatever is amiss, {@link Tagged} says. */
    TAGGED {
        @Override
        public Read read(String text) {
            Tagged tagged = Tagged.parse(text);
            return new Read(tagged.thinking(), tagged.output(), tagged.problems());
        }
    };

    /**
     * What a model's text came to.
     *
     * @param thinking its visible reasoning; empty where it gave none
     * @param output the answer
     * @param problems where the text leaves the format, in sentences
     */
    public record Read(String thinking, String output, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads any text. */
    public abstract Read read(String text);

    /** As written in agent files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
