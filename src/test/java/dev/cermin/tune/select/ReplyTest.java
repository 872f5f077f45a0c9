package dev.cermin.tune.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.tune.Sample;
import dev.cermin.verify.Answer;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
                        "Prove that\nthe sum is even.", "Let n = 2k. A marker such as [End] ends nothing here.", null));
        assertThat(passes(Teacher.INSTRUCTIONS, text)).isTrue();
        assertThat(Reply.ofInstruction("[new instruction] A\n[new answer] B [END]"))
                .isEqualTo(new Reply("A", "B", null));
    }

    @Test
    void theBetterAnswerStandsBetweenTheMarkers() {
        String text = "It is short.\n[Better Answer]\nint[] a;\n[End]\n";

        assertThat(Reply.ofResponse(text)).isEqualTo(new Reply(null, "int[] a;", null));
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
        assertThat(Reply.ofInstruction(text))
                .extracting(Reply::instruction, Reply::output)
                .containsOnlyNulls();
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
        assertThat(Reply.ofResponse(text))
                .extracting(Reply::instruction, Reply::output)
                .containsOnlyNulls();
        assertThat(passes(Teacher.RESPONSES, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "İ", "İİİ istanbul İ", "ﬃ ß"})
    void lettersThatGrowInLowerCaseMoveNoMarker(String odd) {
        assertThat(Reply.ofInstruction(
                        odd + "[New Instruction] A" + odd + " [END]" + odd + "[new answer] B" + odd + "[end]"))
                .isEqualTo(new Reply("A" + odd, "B" + odd, null));
        assertThat(Reply.ofResponse(odd + "[Better Answer] C" + odd + " [End]"))
                .isEqualTo(new Reply(null, "C" + odd, null));
    }

    /** Every form that the expression has. */
    private static Stream<String> placeholders() {
        List<String> bare = new ArrayList<>(List.of("n/a", "NA", "None", "...", "\u2026"));
        for (String whose : List.of("your", "The")) {
            for (String kind : List.of("", " new", " better")) {
                for (String what : List.of(" instruction", " answer")) {
                    bare.add(whose + kind + what);
                    bare.add(whose + kind + what + " here");
                }
            }
        }
        return bare.stream()
                .flatMap(text -> Stream.of("%s", "[%s]", "<%s>", "{%s}", "(%s)", "\"%s\"", "\"%s\".")
                        .map(around -> around.formatted(text)));
    }

    @ParameterizedTest
    @MethodSource("placeholders")
    void aPlaceholderIsNothingAndIsAskedForAgain(String placeholder) {
        String pair = "[New Instruction] %s [End]\n[New Answer]%s[End]";
        String answer = "[Better Answer]\n%s\n[End]".formatted(placeholder);

        assertThat(Reply.ofInstruction(pair.formatted(placeholder, placeholder)).fault())
                .isEqualTo("has nothing between the markers");
        assertThat(Reply.ofResponse(answer).output()).isNull();
        assertThat(passes(Teacher.RESPONSES, answer)).isFalse();
        assertThat(passes(Teacher.INSTRUCTIONS, pair.formatted(placeholder, "Five.")))
                .isFalse();
        assertThat(passes(Teacher.INSTRUCTIONS, pair.formatted("Add.", placeholder)))
                .isFalse();
        assertThat(passes(Teacher.INSTRUCTIONS, pair.formatted("Add " + placeholder, placeholder + " is five")))
                .isTrue();
    }

    @Test
    void theAgentsHaveTheReadersExpression() {
        for (String agent : List.of(Teacher.INSTRUCTIONS, Teacher.RESPONSES)) {
            assertThat(Agents.ofClassPath().named(agent).verifiers().getFirst().toString())
                    .contains(Reply.PLACEHOLDER);
        }
    }

    @Test
    void anInstructionThatIsLeftEmptyKeepsTheOneItsAnswerIsFor() {
        Sample sample = new Sample("1", "Add.", "1 and 2", "3", new Sample.Source("f", 1, List.of()));

        Sample answer = Asked.of("1", "t", Reply.ofInstruction("[New Instruction] [End] [New Answer] Three. [End]"), 2)
                .applied(sample);

        assertThat(answer)
                .extracting(Sample::instruction, Sample::input, Sample::output)
                .containsExactly("Add.", "1 and 2", "Three.");
        assertThat(answer.source().traces()).containsExactly("t");
    }

    @ParameterizedTest
    @CsvSource({
        "[New Instruction] Add 1 and 2. [End] [New Answer] N/A [End], a new instruction without its answer",
        "[New Instruction] Add 1 and 2. [End] [New Answer] It was cut, a new instruction without its answer",
        "[New Instruction] Add 1 and 2. [End], a new instruction without its answer",
        "The new one is: Add. [New Answer] Three. [End], an answer without its new instruction"
    })
    void halfAReplyIsNone(String text, String which) {
        Reply reply = Reply.ofInstruction(text);

        assertThat(reply).isEqualTo(new Reply(null, null, "is half a reply, " + which));
        assertThat(Asked.of("1", "t", reply, 1).fault()).isEqualTo("the teacher's reply is half a reply, " + which);
        assertThat(Asked.of("1", "t", reply, 2).fault()).endsWith(which + ", also when asked again");
        assertThat(passes(Teacher.INSTRUCTIONS, text)).isFalse();
    }
}
