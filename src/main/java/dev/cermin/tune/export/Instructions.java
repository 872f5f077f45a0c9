package dev.cermin.tune.export;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import dev.cermin.tune.export.Made.LeftOut;
import dev.cermin.tune.export.Made.Rows;
import dev.cermin.tune.export.Row.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats of an instruction and its answer. */
final class Instructions {
    private Instructions() {}

    static Made messages(Sample sample) {
        Made lacking = lacking(sample);
        return lacking != null ? lacking : messages(asked(sample), sample.output());
    }

    static Made messages(Correction correction) {
        Made lacking = lacking(correction);
        return lacking != null ? lacking : messages(correction.prompt(), correction.corrected());
    }

    private static Made messages(String asked, String answer) {
        return new Rows(new Row.Messages(conversation(asked, answer)));
    }

    static Made alpaca(Sample sample) {
        Made lacking = lacking(sample);
        return lacking != null
                ? lacking
                : new Rows(new Row.Alpaca(sample.instruction(), sample.input(), sample.output()));
    }

    static Made alpaca(Correction correction) {
        Made lacking = lacking(correction);
        return lacking != null ? lacking : new Rows(new Row.Alpaca(correction.prompt(), "", correction.corrected()));
    }

    static Made shareGpt(Sample sample) {
        Made lacking = lacking(sample);
        return lacking != null ? lacking : shareGpt(asked(sample), sample.output());
    }

    static Made shareGpt(Correction correction) {
        Made lacking = lacking(correction);
        return lacking != null ? lacking : shareGpt(correction.prompt(), correction.corrected());
    }

    private static Made shareGpt(String asked, String answer) {
        return new Rows(new Row.ShareGpt(List.of(new Row.Turn("human", asked), new Row.Turn("gpt", answer))));
    }

    static List<Message> conversation(String asked, String answer) {
        return List.of(new Message("user", asked), new Message("assistant", answer));
    }

    /** Instruction and input in one, as LLaMA-Factory and Cherry LLM join them. */
    static String asked(Sample sample) {
        return sample.input().isEmpty() ? sample.instruction() : sample.instruction() + "\n" + sample.input();
    }

    static @Nullable Made lacking(Sample sample) {
        return sample.instruction().isBlank()
                ? new LeftOut("the instruction is empty")
                : sample.output().isBlank() ? new LeftOut("the answer is empty") : null;
    }

    static @Nullable Made lacking(Correction correction) {
        return correction.prompt().isBlank()
                ? new LeftOut("the instruction is empty")
                : correction.corrected().isBlank() ? new LeftOut("the answer is empty") : null;
    }
}
