package dev.cermin.tune.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.tune.Sample;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static boolean passes(String agent, String text) {
        AgentDefinition definition = Agents.ofClassPath().named(agent);
        Verifier verifier = Verifiers.standard().of(definition.verifiers().getFirst());
        return verifier.verify(new Answer("", text)).passed();
    }

    @Test
    void theBetterPairStandsBetweenTheMarkers() {
        String text = """
                1. The instruction is vague.
                2. [New Instruction] Prove that
                the sum is even. [End]
                3. [New Answer] Let n = 2k. A marker such as [End] ends nothing here. [End]
                """;

        assertThat(Reply.ofInstruction(text))
                .isEqualTo(new Reply(
                        "Prove that\nthe sum is even.", "Let n = 2k. A marker such as [End] ends nothing here."));
        assertThat(passes(Teacher.INSTRUCTIONS, text)).isTrue();
        assertThat(Reply.ofInstruction("[new instruction] A\n[new answer] B [END]"))
                .isEqualTo(new Reply("A", "B"));
    }

    @Test
    void theBetterAnswerStandsBetweenTheMarkers() {
        String text = "It is short.\n[Better Answer]\nint[] a;\n[End]\n";

        assertThat(Reply.ofResponse(text)).isEqualTo(new Reply(null, "int[] a;"));
        assertThat(passes(Teacher.RESPONSES, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The instruction is fine as it is.",
                "[New Instruction] [End] [New Answer]   [End]",
                "[New Instruction] your instruction [End]\n[New Answer] your answer [End]",
                "[New Instruction] N/A [End]\n[New Answer] none. [End]",
                "[New Instruction] ... [End]\n[New Answer] ... [End]",
                "[New Instruction] your new instruction",
            })
    void nothingPlaceholdersAndWhatIsCutOffKeepTheOriginal(String text) {
        assertThat(Reply.ofInstruction(text)).isEqualTo(new Reply(null, null));
        assertThat(passes(Teacher.INSTRUCTIONS, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A better answer is: 5",
                "[Better Answer] your answer [End]",
                "[Better Answer] n/a [End]",
                "[Better Answer]  [End]",
                "[Better Answer] It was cut off at the most tok"
            })
    void soDoTheyInAnswers(String text) {
        assertThat(Reply.ofResponse(text)).isEqualTo(new Reply(null, null));
        assertThat(passes(Teacher.RESPONSES, text)).isFalse();
    }

    @Test
    void oneFieldAloneKeepsTheOther() {
        Sample sample = new Sample("1", "Add.", "1 and 2", "3", new Sample.Source("f", 1, List.of()));

        Sample answer = Asked.of("1", "t", Reply.ofInstruction("[New Instruction] [End] [New Answer] Three. [End]"))
                .applied(sample);
        Sample instruction = Asked.of(
                        "1", "t", Reply.ofInstruction("[New Instruction] Add 1 and 2. [End] [New Answer] N/A [End]"))
                .applied(sample);

        assertThat(answer)
                .extracting(Sample::instruction, Sample::input, Sample::output)
                .containsExactly("Add.", "1 and 2", "Three.");
        assertThat(instruction)
                .extracting(Sample::instruction, Sample::input, Sample::output)
                .containsExactly("Add 1 and 2.", "", "3");
        assertThat(instruction.source().traces()).containsExactly("t");
        assertThat(Asked.of("1", "t", new Reply(null, null)).fault()).contains("nothing between the markers");
    }
}
