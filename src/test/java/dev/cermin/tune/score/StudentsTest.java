package dev.cermin.tune.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.model.jlama.ReferenceForward;
import dev.cermin.tune.Likelihood;
import dev.cermin.tune.Likelihood.Scored;
import dev.cermin.tune.Likelihood.Unscored;
import dev.cermin.tune.Sample;
import dev.cermin.tune.Scores;
import dev.cermin.tune.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model as the student, beside a double-precision forward pass that shares nothing with the engine. */
class StudentsTest {
    /** Of several lengths, with text that the model knows and some that it doesn't. */
    static final List<Sample> SAMPLES = List.of(
            sample("9x-15=21<thinking>", "x=4"),
            sample("9x-15=21<thinking>", "x=7"),
            sample("Reverse a linked list", "while(head){next=head.next;head.next=back;back=head;head=next}"),
            sample("Identify the type of sentence: \"It rains.\"", "Declarative sentence."),
            sample("Übersetze: 鏡 ist ein", "Spiegel — 🪞"),
            sample("x^2-5x+6=0<thinking>", "1*1=1;".repeat(12)));

    @TempDir
    Path temp;

    private static Sample sample(String instruction, String output) {
        return new Sample(instruction, instruction, "", output, new Sample.Source("test", 0, List.of()));
    }

    @Test
    void scoresAreThoseOfTheReferencePass() throws IOException {
        ReferenceForward reference = new ReferenceForward(BundledModel.unpack(temp));
        try (ConfiguredModels models = new ConfiguredModels(Map.of(), temp)) {
            Student student = Students.of(models, ConfiguredModels.BUNDLED);
            JlamaChatModel model =
                    (JlamaChatModel) models.named(ConfiguredModels.BUNDLED).chat();
            ChatFormat own = ChatFormat.named("own", student);
            for (Sample sample : SAMPLES) {
                String prompt = own.prompt(sample.instruction(), "");
                String guess = own.prompt(Scoring.guess(sample.output()), "");
                Scores found = new Scoring(student, own).of(sample);
                Scores cut = new Scoring(student, own, 60).ifd(sample);

                assertClose(found.answer(), mean(reference, model, prompt, sample.output(), 500));
                assertClose(found.answerAlone(), mean(reference, model, "", sample.output(), 500));
                assertClose(found.instruction(), mean(reference, model, guess, sample.instruction(), 500));
                assertClose(found.instructionAlone(), mean(reference, model, "", sample.instruction(), 500));
                int room = 60 - model.encode(prompt).length;
                assertClose(cut.answer(), mean(reference, model, prompt, sample.output(), room));
                assertClose(cut.answerAlone(), mean(reference, model, "", sample.output(), room));
            }
        }
    }

    private static void assertClose(Likelihood found, double expected) {
        assertThat(found)
                .isInstanceOfSatisfying(
                        Scored.class, scored -> assertThat(scored.meanNll()).isCloseTo(expected, within(1e-4)));
    }

    /** By the definition: tokenised apart, joined, at most so many of the text scored. */
    private static double mean(ReferenceForward reference, JlamaChatModel model, String prompt, String text, int most) {
        int[] before = model.encode(prompt);
        int[] target = Arrays.stream(model.encode(text)).skip(1).limit(most).toArray();
        int[] all = IntStream.concat(IntStream.of(before), IntStream.of(target)).toArray();
        return -Arrays.stream(reference.logProbabilities(all))
                .skip(before.length - 1)
                .average()
                .orElseThrow();
    }

    @Test
    void aRightAnswerIsLikelierBehindItsQuestion() {
        try (ConfiguredModels models = new ConfiguredModels(Map.of(), temp)) {
            Student student = Students.of(models, ConfiguredModels.BUNDLED);
            Scoring scoring = new Scoring(student, ChatFormat.of("{{instruction}}"));

            assertThat(scoring.ifd(SAMPLES.getFirst()).ifdPpl().getAsDouble()).isLessThan(1);
            assertThat(student.likelihood("x".repeat(600), "4"))
                    .isEqualTo(new Unscored("the prompt, of 601 tokens, fills the window of 504"));
        }
    }

    @Test
    void modelsThatCannotScoreAreRefusedWithTheReasonAndTheRemedy() {
        Map<String, ModelSettings> settings = Map.of(
                "claude",
                ModelSettings.builder("anthropic")
                        .model("claude-sonnet-4-5")
                        .apiKey("sentinel-key-4711")
                        .build(),
                "gpt",
                ModelSettings.builder("openai")
                        .model("gpt-4.1-mini")
                        .apiKey("sentinel-key-4711")
                        .build());
        try (ConfiguredModels models = new ConfiguredModels(settings, temp)) {
            for (String name : List.of("claude", "gpt")) {
                assertThatThrownBy(() -> Students.of(models, name))
                        .isInstanceOf(CannotScoreException.class)
                        .hasMessageContaining("'" + name + "' cannot score a given text: ")
                        .hasMessageContaining("Take one on Jlama, on llama-server")
                        .hasMessageNotContaining("4711");
            }
            assertThatThrownBy(() -> Students.of(models, "none"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("claude, gpt, mirror");
        }
    }
}
