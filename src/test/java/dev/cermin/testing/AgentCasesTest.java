package dev.cermin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.Agent;
import dev.cermin.agent.AgentFileException;
import dev.cermin.policy.Rounds;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class AgentCasesTest {
    @TempDir
    static Path folder;

    private final ScriptedChatModel model = new ScriptedChatModel(prompt -> {
        if (prompt.contains("Malaysia")) {
            return "Kuala Lumpur";
        }
        return prompt.contains("9x-15=21") && prompt.contains("x=5 gives") ? "x=4" : "x=5";
    });
    private final Agent agent = Agent.builder("solver").model(model).build();
    private final Agent reflecting =
            Agent.builder("solver").model(model).verifiers("equation").build();
    private Path file;

    @BeforeEach
    void cases() throws IOException {
        file = Files.writeString(folder.resolve("cases.yaml"), """
                - {id: capital, input: What is the capital of Malaysia?, equals: Kuala Lumpur}
                - {id: equation, input: 9x-15=21, verifiers: [equation], gold: x=4}
                """);
    }

    /** As a user writes it. */
    @TestFactory
    Stream<DynamicTest> rightAnswersPass() throws IOException {
        Path equations = Files.writeString(folder.resolve("equations.yaml"), """
                - {id: first, input: 9x-15=21, equals: x=4}
                - {id: second, input: 9x-15=21, verifiers: [equation]}
                """);
        return AgentCases.of(equations, reflecting).tests();
    }

    @Test
    void everyCaseIsATestAndAWrongOneFailsWithReasonAnswerAndStop() {
        Map<String, Throwable> failures = failures(AgentCases.of(file, agent));

        assertThat(failures).containsOnlyKeys("equation");
        assertThat(failures.get("equation"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("equation is wrong: equation: x=5 gives 30 on the left and 21 on the right")
                .hasMessageContaining("asked:    9x-15=21")
                .hasMessageContaining("expected: x=4")
                .hasMessageContaining("ACCEPTED")
                .hasMessageContaining("round 0, accepted: x=5");
    }

    @Test
    void aFuzzyAgentMayMissSome() throws InterruptedException {
        AgentCases cases = AgentCases.of(file, agent);

        cases.assertRight(50);
        AssertionError failure = catchThrowableOfType(AssertionError.class, () -> cases.assertRight(51));
        assertThat(failure)
                .hasMessageStartingWith("1 of 2 cases are right, which is less than 51 %:")
                .hasMessageContaining("equation is wrong: ");
        assertThat(failure.getMessage()).doesNotContain("capital is wrong");
    }

    @Test
    void whatIsNoPercentageIsRefused() {
        for (double percent : new double[] {0, -1, 101, Double.NaN}) {
            assertThatThrownBy(() -> AgentCases.of(file, agent).assertRight(percent))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aCaseWithoutAnyAnswerFailsWithWhy() throws IOException {
        Path one = Files.writeString(folder.resolve("one.yaml"), "- {id: a, input: Say a, equals: a}\n");
        Agent failing = Agent.builder("solver")
                .model(ScriptedChatModel.saying().thenThrow(new IllegalStateException("out of order")))
                .build();

        assertThat(failures(AgentCases.of(one, failing)).get("a"))
                .hasMessageStartingWith("a is wrong: there is no answer: Agent 'solver' has no answer")
                .hasMessageContaining("out of order");
    }

    @Test
    void theLoopSeesTheMetadataAndNotTheChecksOfTheCase() throws Exception {
        Path one = Files.writeString(folder.resolve("one.yaml"), """
                - id: a
                  input: Name a season
                  metadata: {season: autumn}
                  equals: autumn leaves
                """);
        ScriptedChatModel two = ScriptedChatModel.saying("spring", "autumn");
        Verifier season = Verifier.of("season", answer -> {
            String wanted = answer.metadata().get("season");
            return answer.output().contains(wanted)
                    ? Check.pass("season", "It is named")
                    : Check.fail("season", "It is not " + wanted);
        });

        AgentCases cases = AgentCases.of(
                one,
                Agent.builder("seasons")
                        .model(two)
                        .verifier(season)
                        .policy(Rounds.of(1))
                        .build());

        assertThatThrownBy(() -> cases.assertRight(100)).hasMessageContaining("It is 'autumn', where 'autumn leaves'");
        assertThat(two.prompts().get(1)).contains("It is not autumn").doesNotContain("leaves");
    }

    @Test
    void faultsOfTheFileAreTold() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "- {id: a, input: b, equal: c}\n");

        assertThatThrownBy(() -> AgentCases.of(bad, agent))
                .isInstanceOf(AgentFileException.class)
                .hasMessageContaining("did you mean 'equals'?");
    }

    private static Map<String, Throwable> failures(AgentCases cases) {
        Map<String, Throwable> failures = new TreeMap<>();
        cases.tests().forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable e) {
                failures.put(test.getDisplayName(), e);
            }
        });
        return failures;
    }
}
