package dev.cermin.tune.export;

import dev.cermin.tagged.Tagged;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Sample;
import dev.cermin.tune.export.Made.LeftOut;
import dev.cermin.tune.export.Made.Rows;
import dev.cermin.tune.export.Row.Detail;
import dev.cermin.tune.export.Row.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formats that teach to reflect: draft, reflection and correction, apart or in one answer. */
final class Reflections {
    /** Of a sample. */
    static final Made UNCORRECTED = new LeftOut("there is no draft that was corrected");

    private static final String TAG = "<reflection>";

    private Reflections() {}

    static Made reflection(Correction correction) {
        String said = correction.reflection();
        Made lacking = lacking(correction);
        return lacking != null || said == null
                ? orSilent(lacking)
                : new Rows(new Row.Reflection(
                        correction.prompt(), "", correction.rejected(), said, correction.corrected()));
    }

    static Made twice(Sample sample) {
        Made lacking = Instructions.lacking(sample);
        return lacking != null ? lacking : twice(Instructions.asked(sample), sample.output());
    }

    /** The answer is put together as the bundled model writes it. */
    static Made twice(Correction correction) {
        String said = correction.reflection();
        Made lacking = lacking(correction);
        if (lacking != null || said == null) {
            return orSilent(lacking);
        }
        String answer = "<thinking>%s</thinking>%s%s</reflection><output>%s</output>"
                .formatted(correction.rejected(), TAG, said, correction.corrected());
        Tagged read = Tagged.parse(answer);
        boolean plain = read.problems().isEmpty()
                && read.thinking().equals(correction.rejected().strip())
                && read.reflections().equals(List.of(said.strip()))
                && read.output().equals(correction.corrected().strip());
        return plain
                ? twice(correction.prompt(), answer)
                : new LeftOut("draft, reflection or correction has reasoning tags of its own");
    }

    private static Made orSilent(@Nullable Made lacking) {
        return lacking != null ? lacking : new LeftOut("nothing was said of the draft");
    }

    private static @Nullable Made lacking(Correction correction) {
        Made lacking = Instructions.lacking(correction);
        if (lacking == null) {
            lacking = Preferences.notCorrected(correction);
        }
        String said = correction.reflection();
        return lacking == null && said != null && said.isBlank() ? orSilent(null) : lacking;
    }

    private static Made twice(String asked, String answer) {
        int tag = answer.indexOf(TAG);
        int behind = tag < 0 ? 0 : answer.codePointCount(0, tag + TAG.length());
        Row.Weighted whole = weighted(asked, answer, 0);
        // behind a tag that ends the answer there is nothing to learn
        return behind == 0 || behind == answer.codePointCount(0, answer.length())
                ? new Rows(whole)
                : new Rows(whole, weighted(asked, answer, behind));
    }

    private static Row.Weighted weighted(String asked, String answer, int from) {
        int last = answer.codePointCount(0, answer.length()) - 1;
        return new Row.Weighted(
                List.of(
                        new Message("user", asked),
                        new Message("assistant", answer, List.of(new Detail(from, last, true)))),
                from);
    }
}
