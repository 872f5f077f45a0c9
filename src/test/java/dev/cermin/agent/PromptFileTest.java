package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFileTest extends AgentFolder {
    private static final String WITHOUT_PROMPTS =
            GOOD.replace("prompts:\n  generate: sums/generate@1\n  correct: sums/correct@1\n", "");

    @Test
    void anAgentWithoutPromptsHasTheDefaultOnes() {
        AgentDefinition agent = read(WITHOUT_PROMPTS);

        assertThat(agent.prompts())
                .isEqualTo(Map.of(
                        Role.GENERATE, DefaultPrompts.generate(null, AnswerFormat.PLAIN, false),
                        Role.CORRECT, DefaultPrompts.correct(null, AnswerFormat.PLAIN)));
    }

    @Test
    void itsInstructionsGoIntoThem() {
        AgentDefinition agent = read(WITHOUT_PROMPTS.replace("version: 1\n", """
                version: 1
                answers: tagged
                instructions: |
                  Add up.
                  Think of {{input}} twice.
                """));

        String instructions = "Add up.\nThink of {{input}} twice.\n";
        assertThat(agent.prompts())
                .isEqualTo(Map.of(
                        Role.GENERATE, DefaultPrompts.generate(instructions, AnswerFormat.TAGGED, false),
                        Role.CORRECT, DefaultPrompts.correct(instructions, AnswerFormat.TAGGED)));
        assertThat(agent.prompts()
                        .get(Role.GENERATE)
                        .render(Map.of("input", "2+2"))
                        .system())
                .startsWith("Add up.\nThink of 2+2 twice.")
                .contains("<output>");
    }

    @Test
    void oneMayCorrectWithAPromptOfItsOwn() {
        AgentDefinition agent = read(WITHOUT_PROMPTS.replace(
                "verifiers:", "instructions: Add.\nprompts: {correct: sums/correct@1}\nverifiers:"));

        assertThat(agent.prompts().get(Role.GENERATE).id()).isEqualTo("default/generate@1");
        assertThat(agent.prompts().get(Role.CORRECT).id()).isEqualTo("sums/correct@1");
    }

    @Test
    void anAgentWithoutCorrectionsNeedsNoPromptForThem() {
        String without = GOOD.replace("  correct: sums/correct@1\n", "");

        assertThat(read(without.replace("rounds: 3", "rounds: 0")).prompts()).containsOnlyKeys(Role.GENERATE);
        assertThat(faults(without))
                .containsExactly(new Fault(
                        file(),
                        6,
                        "prompts.correct",
                        "is missing: an agent with a prompt to generate with needs one to correct with too"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version: 1     | "version: 1\ninstructions: Add." | 3 | instructions | are for agents without a prompt to generate with; write them into that prompt
            version: 1     | "version: 1\ninstructions: [a]"  | 3 | instructions | a single value is expected
            version: 1     | "version: 1\ninstructions: ' '"  | 3 | instructions | is empty
            version: 1     | "version: 1\ninstructions: '{{draft}}'" | 3 | instructions | {{draft}} is not a variable here; known are [input, lessons]
            sums/correct@1 | sums/corect@1    | 7 | prompts.correct | there is no prompt 'sums/corect@1': ROOT/prompts/sums/corect@1.yaml is missing; did you mean 'sums/correct@1'?
            sums/correct@1 | sums/correct@2   | 7 | prompts.correct | there is no prompt 'sums/correct@2': ROOT/prompts/sums/correct@2.yaml is missing; did you mean 'sums/correct@1'?
            sums/correct@1 | ../../etc/passwd | 7 | prompts.correct | a prompt and its version, such as tagged/generate@1, is expected, not '../../etc/passwd'
            sums/correct@1 | sums/correct     | 7 | prompts.correct | a prompt and its version, such as tagged/generate@1, is expected, not 'sums/correct'
            sums/correct@1 | ''               | 7 | prompts.correct | is empty
            "correct: sums" | "corect: sums"  | 7 | prompts.corect | is not a key here; known are [correct, generate]; did you mean 'correct'?
            """)
    void aFaultIsToldWithItsKey(String good, String bad, int line, String key, String message) {
        assertFault(GOOD.replace(good, bad.replace("\\n", "\n")), line, key, message.replace("ROOT", root.toString()));
    }

    @Test
    void aFaultOfAPromptIsToldInThePromptsFile() {
        write("prompts/sums/correct@1.yaml", "system: \"{{Critique}}\"\nuser: \"{{reflection}}\"\ntemperature: 1\n");
        String prompt = root.resolve("prompts/sums/correct@1.yaml").toString();
        String known = " is not a variable here; known are [checks, critique, draft, input, lessons, thinking]";

        assertThat(faults(GOOD))
                .containsExactly(
                        new Fault(prompt, 1, "system", "{{Critique}}" + known + "; did you mean 'critique'?"),
                        new Fault(prompt, 2, "user", "{{reflection}}" + known),
                        new Fault(prompt, 3, "temperature", "is not a key here; known are [system, user]"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', the file is empty",
        "'user: [a]', a single value is expected",
        "'system: a', is missing",
        "'user: \"\"', is empty",
        "'user', a mapping of keys to values is expected",
    })
    void aBrokenPromptIsOneFault(String text, String message) {
        write("prompts/sums/generate@1.yaml", text);

        assertThat(faults(GOOD)).extracting(Fault::message).containsExactly(message);
    }

    @Test
    void aPromptThatTwoCriticsShareIsToldOnce() {
        write("prompts/sums/reflect@1.yaml", "user: \"{{critique}}\"\n");

        assertThat(faults(GOOD.replace("policy:", "  - name: second\n    prompt: sums/reflect@1\npolicy:")))
                .extracting(Fault::message)
                .containsExactly("{{critique}} is not a variable here; known are [checks, draft, input, thinking]");
    }

    @Test
    void aGenerationKnowsNoDraft() {
        write("prompts/sums/generate@1.yaml", "user: \"{{draft}}\"\n");

        assertThat(faults(GOOD))
                .extracting(Fault::message)
                .containsExactly("{{draft}} is not a variable here; known are [input, lessons]");
    }
}
