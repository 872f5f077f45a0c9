package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Role;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Timeout;
import dev.cermin.verify.VerifierSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentFileTest extends AgentFolder {
    @Test
    void aGoodFileIsReadWithDefaultsForWhatItLeavesOut() {
        AgentDefinition agent = read(GOOD);

        assertThat(agent.name()).isEqualTo("sums");
        assertThat(agent.version()).isEqualTo("1");
        assertThat(agent.description()).isEmpty();
        assertThat(agent.answers()).isEqualTo(AnswerFormat.PLAIN);
        assertThat(agent.models()).containsEntry(Role.GENERATE, "small").containsEntry(Role.CORRECT, "small");
        assertThat(agent.prompts().get(Role.CORRECT).system()).isEqualTo("Be right.");
        assertThat(agent.sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(agent.verifiers()).containsExactly(new VerifierSpec("arithmetic"));
        assertThat(agent.tools()).isEmpty();
        assertThat(agent.critic("doubter").model()).isEqualTo("small");
        assertThat(agent.critic("doubter").reads()).isEqualTo(CritiqueFormat.TAGGED);
        assertThat(agent.policy()).isEqualTo(Policy.of(Rounds.of(3), Timeout.of(Duration.ofSeconds(30))));
    }

    @Test
    void everyKeyIsRead() {
        AgentDefinition agent = read("""
                name: sums
                version: "2.1"
                description: Adds.
                answers: tagged
                models: {generate: small, correct: large, reflect: other}
                prompts:
                  generate: sums/generate@1
                  correct: sums/correct@1
                sampling: {temperature: 0.7, top-p: 0.95, max-tokens: 100}
                critics:
                  - {name: one, prompt: sums/reflect@1, reads: computation}
                  - {name: two, prompt: sums/reflect@1, model: third}
                policy:
                  escalation: {models: [fourth]}
                """);

        assertThat(agent.version()).isEqualTo("2.1");
        assertThat(agent.description()).isEqualTo("Adds.");
        assertThat(agent.answers()).isEqualTo(AnswerFormat.TAGGED);
        assertThat(agent.sampling()).isEqualTo(new Sampling(0.7, 0.95, 100));
        assertThat(agent.modelNames()).containsExactly("fourth", "large", "other", "small", "third");
        assertThat(agent.critic("one").reads()).isEqualTo(CritiqueFormat.COMPUTATION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version: 1           | versoin: 1             | 1 | version | is missing
            version: 1           | versoin: 1             | 2 | versoin | is not a key here; known are [answers, critics, description, instructions, models, name, policy, prompts, sampling, tools, verifiers, version]; did you mean 'version'?
            version: 1           | "1: a"                 | 2 | 1 | is not a key here; known are
            version: 1           | version: {a: b}        | 2 | version | a single value is expected
            name: sums           | name: add              | 1 | name | 'add' differs from the file's name, 'sums'
            name: sums           | name:                  | 1 | name | is empty
            name: sums           | name: null             | 1 | name | is empty
            name: sums           | name: [sums]           | 1 | name | a single value is expected
            version: 1           | answers: xml           | 2 | answers | one of [plain, tagged] is expected, not 'xml'
            version: 1           | answers: taged         | 2 | answers | one of [plain, tagged] is expected, not 'taged'; did you mean 'tagged'?
            generate: small      | generate: ''           | 4 | models.generate | is empty
            generate: small      | reflect: small         | 4 | models.generate | is missing
            generate: small      | generat: small         | 4 | models.generat | is not a key here; known are [correct, generate, reflect]; did you mean 'generate'?
            generate: small      | "generate: small\n  correct:" | 5 | models.correct | is empty
            version: 1           | models2: a             | 2 | models2 | is not a key here
            version: 1           | tools: search          | 2 | tools | a list is expected
            version: 1           | sampling: {temperature: hot} | 2 | sampling.temperature | a number from 0 to 2 is expected, not 'hot'
            version: 1           | sampling: {temperature: .nan} | 2 | sampling.temperature | a number from 0 to 2 is expected, not '.nan'
            version: 1           | sampling: {temperature: 1f} | 2 | sampling.temperature | a number from 0 to 2 is expected, not '1f'
            version: 1           | sampling: {temperature: [1]} | 2 | sampling.temperature | a single value is expected
            version: 1           | sampling: {top-p: 0} | 2 | sampling.top-p | a number above 0, up to 1 is expected, not '0'
            version: 1           | sampling: {top_p: 1} | 2 | sampling.top_p | is not a key here; known are [max-tokens, temperature, top-p]; did you mean 'top-p'?
            version: 1           | sampling: {max-tokens: 99999999999} | 2 | sampling.max-tokens | a whole number from 1 is expected, not '99999999999'
            """)
    void aFaultIsToldWithFileLineKeyAndWhatIsExpected(String good, String bad, int line, String key, String message) {
        assertFault(GOOD.replace(good, bad.replace("\\n", "\n")), line, key, message);
    }

    @Test
    void allFaultsOfAFileAndItsPromptsAreToldAtOnceInOrder() {
        write("prompts/sums/reflect@1.yaml", "user: \"{{inptu}}\"\nmodel: x\n");
        List<Fault> faults = faults(GOOD.replace("name: sums", "name: add\nname: add")
                .replace("version: 1", "colour: red")
                .replace("rounds: 3", "rounds: many")
                .replace("sums/generate@1", "sums/generate@9")
                .replace("[arithmetic]", "[nothing]"));

        assertThat(faults)
                .extracting(Fault::line, Fault::key)
                .containsExactly(
                        tuple(1, "name"),
                        tuple(1, "version"),
                        tuple(2, "name"),
                        tuple(3, "colour"),
                        tuple(7, "prompts.generate"),
                        tuple(9, "verifiers[0]"),
                        tuple(14, "policy.rounds"),
                        tuple(1, "user"),
                        tuple(2, "model"));
        assertThat(new AgentFileException(faults).getMessage().lines()).hasSize(faults.size());
    }

    @Test
    void aMissingSectionIsToldWhereItShouldStand() {
        assertThat(faults("name: sums\nversion: 1\n"))
                .containsExactly(new Fault(file(), 1, "models.generate", "is missing"));
    }

    @Test
    void aDuplicateKeyIsToldAtItsSecondPlaceAlsoDeepInTheFile() {
        assertThat(faults(GOOD + "  rounds: 4\n"))
                .containsExactly(
                        new Fault(file(), 15, "policy.rounds", "stands here a second time; the first is in line 13"));
        assertThat(faults(GOOD.replace(
                        "    prompt: sums/reflect@1\n", "    rubric: [a]\n    tools: []\n    tools: []\n")))
                .containsExactly(new Fault(
                        file(), 13, "critics[0].tools", "stands here a second time; the first is in line 12"));
    }

    @Test
    void theFaultsOfAllFilesAreToldAtOnceAndThatOfASharedPromptOnce() {
        write("prompts/sums/generate@1.yaml", "");
        write("agents/other.yaml", GOOD.replace("name: sums", "name: other").replace("rounds: 3", "rounds: x"));

        assertThat(faults(GOOD))
                .extracting(Fault::message)
                .containsExactly("a whole number from 0 is expected, not 'x'", "the file is empty");
    }

    @Test
    void anUnknownAgentIsToldWithThoseThatAreKnownAndTheNearest() {
        write("agents/sums.yaml", GOOD);
        Agents agents = agents();

        assertThat(agents.find("sum")).isEmpty();
        assertThat(agents.find("../agents/sums")).isEmpty();
        assertThatThrownBy(() -> agents.named("sum"))
                .hasMessage("There is no agent 'sum'; known are [sums]; did you mean 'sums'?");
        assertThatThrownBy(() -> agents.named("equations"))
                .hasMessage("There is no agent 'equations'; known are [sums]");
    }

    @Test
    void aFolderIsReadOnceAndForAll() {
        AgentDefinition agent = read(GOOD);
        Agents agents = agents();
        write("agents/sums.yaml", "broken");
        write("agents/late.yaml", GOOD.replace("name: sums", "name: late"));

        assertThat(agents.named("sums")).isEqualTo(agent);
        assertThat(agents.all()).containsExactly(agent);
        assertThat(agents.find("late")).isEmpty();
    }
}
