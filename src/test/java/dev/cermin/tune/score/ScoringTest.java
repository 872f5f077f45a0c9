package dev.cermin.tune.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class ScoringTest {
    private static final ChatFormat PLAIN = ChatFormat.of("{{instruction}}{{input}}");

    /** A token a character, each as likely as its place says; it keeps what it was asked. */
    private static final class Letters implements Engine {
        private final boolean start;
        private final int window;
        private final List<String> asked = new ArrayList<>();

        Letters(boolean start, int window) {
            this.start = start;
            this.window = window;
        }

        @Override
        public int[] tokens(String text) {
            return text.chars().toArray();
        }

        @Override
        public OptionalInt start() {
            return start ? OptionalInt.of('^') : OptionalInt.empty();
        }

        @Override
        public int window() {
            return window;
        }

        @Override
        public double[] logProbabilities(int[] tokens, int prompt) {
            String text = new String(tokens, 0, tokens.length);
            asked.add(text.substring(0, prompt) + "|" + text.substring(prompt));
            return IntStream.range(prompt, tokens.length)
                    .mapToDouble(i -> tokens[i] == '%' ? Double.NEGATIVE_INFINITY : -i / 8.0)
                    .toArray();
        }

        @Override
        public void pass(int[] tokens, int prompt) {}

        @Override
        public String prompt(String message) {
            return "^<" + message + ">";
        }
    }

    private static Sample sample(String instruction, String output) {
        return new Sample("1", instruction, "", output, new Sample.Source("test", 1, List.of()));
    }

    @Example
    void bothSidesScoreTheSameTokens() {
        var engine = new Letters(true, 100);
        Scores scores = new Scoring(new EngineStudent(engine), PLAIN, 12).ifd(sample("asked", "the answer"));

        assertThat(engine.asked).containsExactly("^asked|the an", "^|the an");
        assertThat(scores.answer()).isEqualTo(new Scored(1.0625, 6));
        assertThat(scores.answerAlone()).isEqualTo(new Scored(0.4375, 6));
        assertThat(scores.ifdPpl()).hasValueCloseTo(Math.exp(0.625), within(1e-12));
        assertThat(scores.ifdLoss()).hasValueCloseTo(1.0625 / 0.4375, within(1e-12));
        assertThat(scores.rifdPpl()).isEmpty();
    }

    @Example
    void withoutAStartTokenTheFirstIsNotScored() {
        var engine = new Letters(false, 100);
        Scores scores = new Scoring(new EngineStudent(engine), PLAIN, 8).ifd(sample("asked", "the answer"));

        assertThat(engine.asked).containsExactly("asked|the", "t|he ");
        assertThat(scores.answerAlone()).isEqualTo(new Scored(0.25, 3));
        assertThat(new EngineStudent(engine).likelihood("", "a")).isInstanceOf(Unscored.class);
    }

    @Property
    void theTextAloneIsCutToWhatTheSpecificationSays(
            @ForAll @AlphaChars @StringLength(min = 1, max = 30) String instruction,
            @ForAll @AlphaChars @StringLength(min = 1, max = 60) String output,
            @ForAll @IntRange(min = 2, max = 50) int most,
            @ForAll boolean start) {
        var engine = new Letters(start, 60);
        Scores scores = new Scoring(new EngineStudent(engine), PLAIN, most).ifd(sample(instruction, output));
        int prompt = instruction.length() + (start ? 1 : 0);

        if (prompt >= most) {
            assertThat(scores.answer())
                    .isInstanceOfSatisfying(
                            Unscored.class, why -> assertThat(why.reason()).contains("fills the window of " + most));
            assertThat(engine.asked).isEmpty();
        } else {
            String given = engine.asked.getFirst();
            assertThat(given.length() - 1).isEqualTo(Math.min(most, prompt + output.length()));
            if (engine.asked.size() == 2) {
                assertThat(engine.asked.getLast().length() - 1)
                        .isEqualTo(Math.min(most - prompt + 1, output.length() + (start ? 1 : 0)));
            } else {
                assertThat(start || output.length() == 1).isTrue();
                assertThat(scores.answerAlone()).isInstanceOf(Unscored.class);
            }
        }
    }

    @Property
    void unscoredIsNeverANumberAndEqualLikelihoodsAreOne(
            @ForAll @DoubleRange(min = 0.01, max = 20) double nll, @ForAll @IntRange(min = 0, max = 3) int unscored) {
        Likelihood scored = new Scored(nll, 3);
        Likelihood[] sides = {scored, scored, scored, scored};
        sides[unscored] = new Unscored("why");
        Scores scores = new Scores(sides[0], sides[1], sides[2], sides[3]);
        boolean ifd = unscored > 1;

        assertThat(scores.ifdPpl().isPresent()).isEqualTo(ifd);
        assertThat(scores.ifdLoss().isPresent()).isEqualTo(ifd);
        assertThat(scores.rifdPpl().isPresent()).isEqualTo(!ifd);
        assertThat(scores.rifdLoss().isPresent()).isEqualTo(!ifd);
        assertThat((ifd ? scores.ifdPpl() : scores.rifdPpl()).getAsDouble()).isEqualTo(1);
        assertThat((ifd ? scores.ifdLoss() : scores.rifdLoss()).getAsDouble()).isEqualTo(1);
    }

    @Property
    void anInstructionThatHelpsIsUnderOneInBothForms(
            @ForAll @DoubleRange(min = 0.01, max = 20) double given,
            @ForAll @DoubleRange(min = 0.01, max = 20) double alone) {
        Scores scores = new Scores(new Scored(given, 2), new Scored(alone, 2), new Unscored(""), new Unscored(""));

        assertThat(Double.compare(scores.ifdPpl().getAsDouble(), 1))
                .isEqualTo(Double.compare(given, alone))
                .isEqualTo(Double.compare(scores.ifdLoss().getAsDouble(), 1));
    }

    @Example
    void theRequestToGuessTheInstructionStandsInTheFormat() {
        var engine = new Letters(true, 1000);
        Scores scores = new Scoring(new EngineStudent(engine), ChatFormat.VICUNA)
                .rifd(new Sample("1", "Add", "2 and 3", "5", new Sample.Source("test", 1, List.of())));

        assertThat(engine.asked.getFirst())
                .startsWith("^A chat between a curious user")
                .contains("USER: Below is the response")
                .contains("\n5\n")
                .endsWith(" ASSISTANT:|Add\n2 and 3");
        assertThat(engine.asked.getLast()).isEqualTo("^|Add\n2 and 3");
        assertThat(scores.rifdPpl()).isPresent();
        assertThat(scores.ifdPpl()).isEmpty();
    }

    @Example
    void whatCannotBeScoredSaysWhy() {
        var scoring = new Scoring(new EngineStudent(new Letters(true, 10)), PLAIN);

        assertThat(scoring.of(sample("asked", " \n")))
                .isEqualTo(new Scores(
                        new Unscored("the text is empty"),
                        new Unscored("the text is empty"),
                        new Unscored("there is no answer to guess from"),
                        new Unscored("there is no answer to guess from")));
        assertThat(scoring.ifd(sample("a question of a length", "4")).answer())
                .isEqualTo(new Unscored("the prompt, of 23 tokens, fills the window of 10"));
        assertThat(scoring.ifd(sample("asked", "the answer")).answer())
                .isEqualTo(new Unscored("prompt and text have 16 tokens, and the student's window is 10"));
        assertThat(scoring.ifd(sample("ask", "4%")))
                .extracting(Scores::answer, Scores::ifdPpl)
                .containsExactly(new Unscored("a token of the text has no likelihood at all"), OptionalDouble.empty());
    }

    @Example
    void aStudentOfTheApplicationsOwnIsAskedAsItIs() {
        Scores scores = new Scoring((prompt, text) -> new Scored(prompt.isEmpty() ? 2 : 1, 1), ChatFormat.ALPACA)
                .of(sample("Reverse it", "ti"));

        assertThat(scores.ifdLoss()).hasValue(0.5);
        assertThat(scores.rifdLoss()).hasValue(0.5);
        assertThatThrownBy(() -> ChatFormat.named("own", (prompt, text) -> new Scored(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Students");
    }

    @Example
    void formatsAreThePublishedOnes() {
        assertThat(ChatFormat.ALPACA.prompt("Sort it.", ""))
                .isEqualTo(
                        "Below is an instruction that describes a task. Write a response that appropriately completes the"
                                + " request.\n\n### Instruction:\nSort it.\n\n### Response:");
        assertThat(ChatFormat.ALPACA.prompt("Sort it.", "b a"))
                .isEqualTo(
                        "Below is an instruction that describes a task, paired with an input that provides further context."
                                + " Write a response that appropriately completes the request.\n\n### Instruction:\nSort it."
                                + "\n\n### Input:\nb a\n\n### Response:");
        assertThat(ChatFormat.VICUNA.prompt("Sort it.", "b a")).endsWith(" USER: Sort it.\nInput:\nb a ASSISTANT:");
        assertThat(ChatFormat.WIZARDLM.prompt("Sort it.", "b a")).isEqualTo("Sort it.\nb a\n\n### Response:");
        assertThat(ChatFormat.named("{{instruction}}={{ input }}<thinking>", new EngineStudent(new Letters(true, 9)))
                        .prompt("a{{input}}$1", "b"))
                .isEqualTo("a{{input}}$1=b<thinking>");
        assertThat(ChatFormat.named("own", new EngineStudent(new Letters(true, 9)))
                        .prompt("a", "b"))
                .isEqualTo("^<a\nb>");
        assertThatThrownBy(() -> ChatFormat.of("llama"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'llama'")
                .hasMessageContaining("alpaca");
    }
}
