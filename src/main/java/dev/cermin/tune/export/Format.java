package dev.cermin.tune.export;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What trainers read. Each is a file of JSON Lines in UTF-8, {@code LABEL.jsonl}. */
public enum Format {
    /** {@code messages[{role,content}]}. */
    MESSAGES("TRL SFT, axolotl `chat_template`, OpenAI, torchtune `chat_dataset`"),
    /** {@code instruction,input,output}. */
    ALPACA("LLaMA-Factory, axolotl `alpaca`, Unsloth"),
    /** {@code conversations[{from,value}]}. */
    SHAREGPT("LLaMA-Factory, torchtune `chat_dataset`"),
    /** {@code prompt,chosen,rejected}, as plain strings. */
    PREFERENCE("TRL DPO, axolotl `rl: dpo`, LLaMA-Factory `stage: dpo`"),
    /** {@code input{messages},preferred_output[],non_preferred_output[]}. */
    OPENAI_PREFERENCE("OpenAI"),
    /** {@code prompt,completion,label}: two rows of a correction. */
    KTO("TRL KTO, LLaMA-Factory `stage: kto`"),
    /** {@code instruction,input,output,reflection,corrected}. */
    REFLECTION("axolotl `reflection`"),
    /**
     * {@code messages} and {@code loss_from}; an answer with a {@code <reflection>} twice: with the loss on all of it,
     * then behind the tag only.
     */
    REFLECTION_TWICE("`./cermin train --from`, axolotl `chat_template` with `train_detail`");

    private final String readBy;

    Format(String readBy) {
        this.readBy = readBy;
    }

    /** @throws IllegalArgumentException where there is none of this name; the message names them all */
    public static Format of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no format '%s'; one of %s is expected".formatted(label, labels())));
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Format::label).toList();
    }

    /** Such as {@code openai-preference}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String fileName() {
        return label() + ".jsonl";
    }

    /** The trainers, and what they call it. */
    public String readBy() {
        return readBy;
    }

    Made made(Sample sample) {
        return switch (this) {
            case MESSAGES -> Instructions.messages(sample);
            case ALPACA -> Instructions.alpaca(sample);
            case SHAREGPT -> Instructions.shareGpt(sample);
            case PREFERENCE, OPENAI_PREFERENCE, KTO -> Preferences.UNKNOWN;
            case REFLECTION -> Reflections.UNCORRECTED;
            case REFLECTION_TWICE -> Reflections.twice(sample);
        };
    }

    Made made(Correction correction) {
        return switch (this) {
            case MESSAGES -> Instructions.messages(correction);
            case ALPACA -> Instructions.alpaca(correction);
            case SHAREGPT -> Instructions.shareGpt(correction);
            case PREFERENCE -> Preferences.pair(correction);
            case OPENAI_PREFERENCE -> Preferences.openAi(correction);
            case KTO -> Preferences.kto(correction);
            case REFLECTION -> Reflections.reflection(correction);
            case REFLECTION_TWICE -> Reflections.twice(correction);
        };
    }
}
