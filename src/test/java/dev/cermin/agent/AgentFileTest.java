package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Role;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Policy;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentFileTest {
    private static final String GOOD = """
            name: sums
            version: 1
            models:
              generate: small
            prompts:
              generate: sums/generate@1
              correct: sums/correct@1
            verifiers: [arithmetic]
            critics:
              - name: doubter
                prompt: sums/reflect@1
            policy:
              rounds: 3
              timeout: 30s
            """;

    @TempDir
    Path root;

    @BeforeEach
    void prompts() {
        write("prompts/sums/generate@1.yaml", "user: \"{{input}}\"\n");
        write(
                "prompts/sums/correct@1.yaml",
                "system: Be right.\nuser: \"{{input}} {{draft}} {{checks}} {{critique}}\"\n");
        write("prompts/sums/reflect@1.yaml", "user: \"{{input}} {{draft}}\"\n");
    }

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
        assertThat(agent.verifiers()).containsExactly("arithmetic");
        assertThat(agent.critic("doubter").model()).isEqualTo("small");
        assertThat(agent.critic("doubter").reads()).isEqualTo(CritiqueFormat.TAGGED);
        assertThat(agent.policy())
                .isEqualTo(Policy.builder()
                        .rounds(3)
                        .timeout(Duration.ofSeconds(30))
                        .build());
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
                  rounds: 5
                  patience: 4
                  regression-guard: false
                  acceptance: {critics: always, threshold: 0.5}
                  budget: {calls: 9, tokens: 5000000000, money: 0.25}
                  timeout: PT1H30M
                """);

        assertThat(agent.sampling()).isEqualTo(new Sampling(0.7, 0.95, 100));
        assertThat(agent.modelNames()).containsExactly("large", "other", "small", "third");
        assertThat(agent.critic("one").reads()).isEqualTo(CritiqueFormat.COMPUTATION);
        assertThat(agent.policy())
                .isEqualTo(new Policy(
                        5,
                        4,
                        new Acceptance(Critics.ALWAYS, 0.5),
                        false,
                        new Budget(9, 5_000_000_000L, new BigDecimal("0.25")),
                        Duration.ofMinutes(90)));
    }

    @Test
    void anAgentWithoutCorrectionsNeedsNoPromptForThem() {
        AgentDefinition agent =
                read(GOOD.replace("  correct: sums/correct@1\n", "").replace("rounds: 3", "rounds: 0"));

        assertThat(agent.prompts()).containsOnlyKeys(Role.GENERATE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version: 1           | versoin: 1             | 1 | version | is missing
            version: 1           | versoin: 1             | 2 | versoin | is not a key here; known are [answers, critics, description, models, name, policy, prompts, sampling, verifiers, version]
            name: sums           | name: add              | 1 | name | 'add' differs from the file's name, 'sums'
            name: sums           | name:                  | 1 | name | is empty
            name: sums           | name: [sums]           | 1 | name | a single value is expected
            version: 1           | answers: xml           | 2 | answers | one of [plain, tagged] is expected, not 'xml'
            generate: small      | generate: ''           | 4 | models.generate | is empty
            generate: small      | reflect: small         | 4 | models.generate | is missing
            sums/correct@1       | sums/corect@1          | 7 | prompts.correct | there is no prompt 'sums/corect@1'
            sums/correct@1       | ../../etc/passwd       | 7 | prompts.correct | a prompt and its version, such as tagged/generate@1, is expected, not '../../etc/passwd'
            [arithmetic]         | [arithmetik]           | 8 | verifiers | there is no verifier 'arithmetik'; known are [arithmetic,
            [arithmetic]         | arithmetic             | 8 | verifiers | a list is expected
            [arithmetic]         | [[arithmetic]]         | 8 | verifiers | a list of names is expected
            - name: doubter      | - nom: doubter         | 10 | critics[0].name | is missing
            - name: doubter      | - nom: doubter         | 10 | critics[0].nom | is not a key here; known are [model, name, prompt, reads]
            rounds: 3            | rounds: many           | 13 | policy.rounds | a whole number from 0 is expected, not 'many'
            rounds: 3            | rounds: -1             | 13 | policy.rounds | a whole number from 0 is expected, not '-1'
            rounds: 3            | rounds: 1.5            | 13 | policy.rounds | a whole number from 0 is expected, not '1.5'
            rounds: 3            | patience: 0            | 13 | policy.patience | a whole number from 1 is expected, not '0'
            rounds: 3            | regression-guard: yes  | 13 | policy.regression-guard | true or false is expected, not 'yes'
            rounds: 3            | acceptance: 0.9        | 13 | policy.acceptance | a mapping of keys to values is expected
            rounds: 3            | acceptance: {threshold: 90} | 13 | policy.acceptance.threshold | a number from 0 to 1 is expected, not '90'
            rounds: 3            | acceptance: {critics: never} | 13 | policy.acceptance.critics | one of [unverified, always] is expected, not 'never'
            rounds: 3            | budget: {calls: 0}   | 13 | policy.budget.calls | a whole number from 1 is expected, not '0'
            rounds: 3            | budget: {money: free} | 13 | policy.budget.money | an amount above 0 is expected, not 'free'
            rounds: 3            | budget: {calls: }    | 13 | policy.budget.calls | a whole number from 1 is expected, not ''
            timeout: 30s         | timeout: 30            | 14 | policy.timeout | a duration such as 30s, 10m or 2h is expected, not '30'
            timeout: 30s         | timeout: 0s            | 14 | policy.timeout | a duration such as 30s, 10m or 2h is expected, not '0s'
            timeout: 30s         | timeout: -5m           | 14 | policy.timeout | a duration such as 30s, 10m or 2h is expected, not '-5m'
            timeout: 30s         | timeout: soon          | 14 | policy.timeout | a duration such as 30s, 10m or 2h is expected, not 'soon'
            timeout: 30s         | timeout: 999999999999999999h | 14 | policy.timeout | a duration such as 30s, 10m or 2h is expected, not '999999999999999999h'
            version: 1           | sampling: {temperature: hot} | 2 | sampling.temperature | a number from 0 to 2 is expected, not 'hot'
            version: 1           | sampling: {temperature: .nan} | 2 | sampling.temperature | a number from 0 to 2 is expected, not '.nan'
            version: 1           | sampling: {top-p: 0} | 2 | sampling.top-p | a number above 0, up to 1 is expected, not '0'
            version: 1           | sampling: {top_p: 1} | 2 | sampling.top_p | is not a key here; known are [max-tokens, temperature, top-p]
            """)
    void aFaultIsToldWithFileLineKeyAndWhatIsExpected(String good, String bad, int line, String key, String message) {
        List<Fault> faults = faults(GOOD.replace(good, bad));

        String file = root.resolve("agents/sums.yaml").toString();
        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault).extracting(Fault::file, Fault::line, Fault::key).containsExactly(file, line, key);
            assertThat(fault.message()).startsWith(message);
        });
        assertThat(new AgentFileException(faults))
                .hasMessageContaining(file + ":" + line + ": " + key + ": " + message);
    }

    @Test
    void allFaultsOfAFileAreToldAtOnce() {
        List<Fault> faults = faults(GOOD.replace("name: sums", "name: add\nname: add")
                .replace("version: 1", "colour: red")
                .replace("rounds: 3", "rounds: many")
                .replace("sums/generate@1", "sums/generate@9")
                .replace("[arithmetic]", "[nothing]"));

        assertThat(faults)
                .extracting(Fault::key)
                .containsExactlyInAnyOrder(
                        "name", "name", "version", "colour", "policy.rounds", "prompts.generate", "verifiers");
    }

    @Test
    void aMissingSectionIsToldWhereItShouldStand() {
        assertThat(faults("name: sums\nversion: 1\n"))
                .extracting(Fault::line, Fault::key, Fault::message)
                .containsExactlyInAnyOrder(
                        tuple(1, "models.generate", "is missing"),
                        tuple(1, "prompts.generate", "is missing"),
                        tuple(1, "prompts.correct", "is missing"));
    }

    @Test
    void aDuplicateKeyIsToldAtItsSecondPlaceAlsoDeepInTheFile() {
        assertThat(faults(GOOD + "  rounds: 4\n"))
                .containsExactly(new Fault(file(), 15, "policy.rounds", "stands here a second time"));
    }

    @Test
    void twoCriticsNeedTwoNames() {
        assertThat(faults(GOOD.replace("policy:", "  - name: doubter\n    prompt: sums/reflect@1\npolicy:")))
                .containsExactly(
                        new Fault(file(), 12, "critics[1].name", "'doubter' is the name of an earlier critic"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n"})
    void anEmptyFileIsToldAsSuch(String text) {
        assertThat(faults(text)).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(file());
            assertThat(fault.message()).containsAnyOf("is empty", "a mapping of keys to values is expected");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just text",
                "- a\n- list\n",
                "name: [unclosed",
                "a: b: c",
                "\tname: sums",
                "name: sums\n--- \nname: two\n"
            })
    void whatIsNoMappingIsToldAsSuch(String text) {
        assertThat(faults(text)).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(file());
            assertThat(fault.line()).isPositive();
            assertThat(fault.message()).containsAnyOf("not YAML: ", "a mapping of keys to values is expected");
        });
    }

    @Test
    void controlCharactersAreAFaultOfTheFile() {
        assertThat(faults("name: su\u0001ms\n")).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo(file());
            assertThat(fault.message()).startsWith("not YAML: ");
        });
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Files.createDirectories(root.resolve("agents"));
        Files.write(root.resolve("agents/sums.yaml"), "name: stra\u00dfe".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Agents.ofFolder(root))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("sums.yaml as UTF-8");
    }

    @Test
    void aFaultOfAPromptIsToldInThePromptsFile() {
        write("prompts/sums/correct@1.yaml", "system: \"{{Critique}}\"\nuser: \"{{reflection}}\"\ntemperature: 1\n");
        String prompt = root.resolve("prompts/sums/correct@1.yaml").toString();

        assertThat(faults(GOOD))
                .containsExactlyInAnyOrder(
                        new Fault(
                                prompt,
                                1,
                                "system",
                                "{{Critique}} is not a variable here; known are [checks, critique, draft, input, thinking]"),
                        new Fault(
                                prompt,
                                2,
                                "user",
                                "{{reflection}} is not a variable here; known are [checks, critique, draft, input, thinking]"),
                        new Fault(prompt, 3, "temperature", "is not a key here; known are [system, user]"));
    }

    @ParameterizedTest
    @CsvSource({"'', the file is empty", "'user: [a]', a single value is expected", "'system: a', is missing"})
    void aBrokenPromptIsOneFault(String text, String message) {
        write("prompts/sums/generate@1.yaml", text);

        assertThat(faults(GOOD)).extracting(Fault::message).containsExactly(message);
    }

    @Test
    void aGenerationKnowsNoDraft() {
        write("prompts/sums/generate@1.yaml", "user: \"{{draft}}\"\n");

        assertThat(faults(GOOD))
                .extracting(Fault::message)
                .containsExactly("{{draft}} is not a variable here; known are [input]");
    }

    @Test
    void theFaultsOfAllFilesAreToldAtOnceAndThatOfASharedPromptOnce() {
        write("prompts/sums/generate@1.yaml", "");
        write("agents/other.yaml", GOOD.replace("name: sums", "name: other").replace("rounds: 3", "rounds: x"));

        assertThat(faults(GOOD))
                .extracting(Fault::message)
                .containsExactlyInAnyOrder("the file is empty", "a whole number from 0 is expected, not 'x'");
    }

    @Test
    void aFolderWithoutAgentsIsNamed() {
        assertThatThrownBy(() -> Agents.ofFolder(root.resolve("nowhere")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(root.resolve("nowhere").toString());
    }

    @Test
    void anUnknownAgentIsToldWithThoseThatAreKnown() {
        write("agents/sums.yaml", GOOD);
        Agents agents = Agents.ofFolder(root);

        assertThat(agents.find("sum")).isEmpty();
        assertThatThrownBy(() -> agents.named("sum")).hasMessage("There is no agent 'sum'; known are [sums]");
    }

    @Test
    void theApplicationsOwnVerifiersCanBeNamed() {
        write("agents/sums.yaml", GOOD.replace("[arithmetic]", "[ours]"));
        Verifiers verifiers = Verifiers.standard().with(Verifier.of("ours", answer -> Check.pass("ours", "")));

        assertThat(Agents.of(Source.folder(root), verifiers).named("sums").verifiers())
                .containsExactly("ours");
    }

    private String file() {
        return root.resolve("agents/sums.yaml").toString();
    }

    private AgentDefinition read(String text) {
        write("agents/sums.yaml", text);
        return Agents.ofFolder(root).named("sums");
    }

    private List<Fault> faults(String text) {
        write("agents/sums.yaml", text);
        AgentFileException thrown = catchThrowableOfType(AgentFileException.class, () -> Agents.ofFolder(root));
        assertThat(thrown).as("the file is refused").isNotNull();
        return thrown.faults();
    }

    private void write(String path, String text) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
