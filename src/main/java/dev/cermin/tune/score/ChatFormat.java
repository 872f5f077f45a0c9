package dev.cermin.tune.score;

import dev.cermin.tune.Student;
import java.util.Locale;

/** How a student is asked: an instruction becomes a prompt, up to where the answer begins. Stateless. */
@FunctionalInterface
public interface ChatFormat {
    /** @param input what the instruction is about; empty for none */
    String prompt(String instruction, String input);

    /** Stanford Alpaca's. */
    ChatFormat ALPACA = (instruction, input) -> "Below is an instruction that describes a task"
            + (input.isEmpty() ? ". " : ", paired with an input that provides further context. ")
            + "Write a response that appropriately completes the request.\n\n### Instruction:\n" + instruction
            + (input.isEmpty() ? "" : "\n\n### Input:\n" + input)
            + "\n\n### Response:";

    /** Vicuna 1.1's. */
    ChatFormat VICUNA = (instruction, input) ->
            "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, and"
                    + " polite answers to the user's questions. USER: " + instruction
                    + (input.isEmpty() ? "" : "\nInput:\n" + input)
                    + " ASSISTANT:";

    /** WizardLM's. */
    ChatFormat WIZARDLM =
            (instruction, input) -> instruction + (input.isEmpty() ? "" : "\n" + input) + "\n\n### Response:";

    /**
     * A template, with <code>{{instruction}}</code> and <code>{{input}}</code> where they go.
     *
     * @throws IllegalArgumentException for one without an instruction
     */
    static ChatFormat of(String template) {
        return Templates.of(template);
    }

    /**
     * The format of that name: {@code alpaca}, {@code vicuna}, {@code wizardlm}; {@code own}, the chat template that the
     * student has itself; or a {@linkplain #of template}.
     *
     * @throws IllegalArgumentException for another; the message lists them
     */
    static ChatFormat named(String name, Student student) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "alpaca" -> ALPACA;
            case "vicuna" -> VICUNA;
            case "wizardlm" -> WIZARDLM;
            case "own" -> Students.ownFormat(student);
            default -> of(name);
        };
    }
}
