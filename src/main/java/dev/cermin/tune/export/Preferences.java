package dev.cermin.tune.export;

import dev.cermin.tune.Correction;
import dev.cermin.tune.Correction.Judge;
import dev.cermin.tune.export.Made.LeftOut;
import dev.cermin.tune.export.Made.Rows;
import dev.cermin.tune.export.Row.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats that say that one answer is better than another. Only a verifier or a person may: never a model. */
final class Preferences {
    /** Of a sample. */
    static final Made UNKNOWN = new LeftOut("no verifier and no reviewer compared it with another answer");

    private Preferences() {}

    static Made pair(Correction correction) {
        Made doubtful = doubtful(correction);
        return doubtful != null
                ? doubtful
                : new Rows(new Row.Preference(correction.prompt(), correction.corrected(), correction.rejected()));
    }

    static Made openAi(Correction correction) {
        Made doubtful = doubtful(correction);
        return doubtful != null
                ? doubtful
                : new Rows(new Row.OpenAiPreference(
                        new Row.Messages(List.of(new Message("user", correction.prompt()))),
                        List.of(new Message("assistant", correction.corrected())),
                        List.of(new Message("assistant", correction.rejected()))));
    }

    static Made kto(Correction correction) {
        Made doubtful = doubtful(correction);
        return doubtful != null
                ? doubtful
                : new Rows(
                        new Row.Kto(correction.prompt(), correction.corrected(), true),
                        new Row.Kto(correction.prompt(), correction.rejected(), false));
    }

    private static @Nullable Made doubtful(Correction correction) {
        if (correction.judge() == Judge.CRITIC) {
            return new LeftOut("only a critic says that it is better, which is a model's opinion");
        }
        Made lacking = Instructions.lacking(correction);
        return lacking != null ? lacking : notCorrected(correction);
    }

    static @Nullable Made notCorrected(Correction correction) {
        return correction.rejected().isBlank()
                ? new LeftOut("the draft is empty")
                : correction.rejected().equals(correction.corrected())
                        ? new LeftOut("the correction repeats the draft")
                        : null;
    }
}
