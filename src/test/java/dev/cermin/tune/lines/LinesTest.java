package dev.cermin.tune.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.json.JsonException;
import dev.cermin.tune.Correction;
import dev.cermin.tune.Decision;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Selected;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

class LinesTest {
    private static final Scores SCORES =
            new Scores(new Scored(0.5, 9), new Scored(1.5, 9), new Unscored("it is empty"), new Scored(2, 4));

    @Example
    void aSelectedSampleHasItsTextsScoresAndDecisionsByName() {
        Sample sample =
                new Sample("a-7", "Reverse it", "abc", "cba", new Sample.Source("data.jsonl", 7, List.of("t1")));

        assertThat(Lines.text(new Selected(
                        sample,
                        sample,
                        SCORES,
                        List.of(new Decision(Decision.Stage.FINAL, true, "both under 1", 0.5, null)))))
                .isEqualTo("{\"id\":\"a-7\",\"instruction\":\"Reverse it\",\"input\":\"abc\",\"output\":\"cba\","
                        + "\"kept\":true,\"ifd_ppl\":0.36787944117144233,\"ifd_loss\":0.3333333333333333,"
                        + "\"likelihoods\":{\"answer\":{\"mean_nll\":0.5,\"tokens\":9},"
                        + "\"answer_alone\":{\"mean_nll\":1.5,\"tokens\":9},"
                        + "\"instruction\":{\"unscored\":\"it is empty\"},"
                        + "\"instruction_alone\":{\"mean_nll\":2.0,\"tokens\":4}},"
                        + "\"decisions\":[{\"stage\":\"final\",\"taken\":true,\"reason\":\"both under 1\",\"before\":0.5}],"
                        + "\"source\":{\"name\":\"data.jsonl\",\"line\":7,\"traces\":[\"t1\"]}}");
    }

    @Property
    void whatIsWrittenIsReadBackEqual(
            @ForAll @NotBlank String id, @ForAll String one, @ForAll String other, @ForAll boolean taken) {
        Sample original = new Sample(id, one, "", other, new Sample.Source(one, 3, List.of(other, id)));
        Sample now = new Sample(id, other, one, one, original.source());
        Selected selected = new Selected(
                original, now, SCORES, List.of(new Decision(Decision.Stage.RESPONSE, taken, other, null, 0.25)));

        assertThat(Lines.selected(Lines.text(selected))).isEqualTo(selected);
        assertThat(Lines.text(selected)).doesNotContainPattern("[\\n\\r\\u0085\\u2028\\u2029]");
    }

    @Property
    void soIsACorrection(@ForAll String text, @ForAll @Nullable String reflection, @ForAll Correction.Judge judge) {
        Correction correction = new Correction("t", text, text + "1", reflection, text + "2", judge);

        assertThat(Lines.correction(Lines.text(correction))).isEqualTo(correction);
    }

    @Example
    void aLineThatLacksSomethingIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> Lines.correction("{\"trace\":\"t\",\"prompt\":\"p\",\"rejected\":\"r\"}"))
                .isInstanceOf(JsonException.class)
                .hasMessage("'corrected' is missing");
        assertThatThrownBy(() -> Lines.correction("{\"trace\":\"t\",\"prompt\":\"p\",\"rejected\":\"r\","
                        + "\"corrected\":\"c\",\"judge\":\"me\"}"))
                .hasMessage("'judge' is 'me'; one of [verifier, reviewer, critic] is expected");
        assertThatThrownBy(() -> Lines.selected("{\"id\":\"1\"}")).hasMessage("'instruction' is missing");
        assertThatThrownBy(() -> Lines.selected("{\"id\":")).isInstanceOf(JsonException.class);
    }
}
