package dev.cermin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.Plan;
import dev.cermin.loop.Role;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.FallingScore;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Oscillation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.RegressionGuard;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Schedule;
import dev.cermin.policy.Start;
import dev.cermin.policy.Timeout;
import dev.cermin.verify.VerifierSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentDefinitionTest {
    private static final Policy POLICY = Policy.DEFAULT;
    private static final AgentDefinition AGENT = Samples.agent(List.of("equation"), List.of("critic"), POLICY);

    @Test
    void equalDefinitionsHaveEqualHashes() {
        Map<Role, String> models = new EnumMap<>(Role.class);
        models.put(Role.CORRECT, "maker");
        models.put(Role.GENERATE, "maker");
        Map<Role, Prompt> prompts = new LinkedHashMap<>();
        prompts.put(Role.CORRECT, AGENT.prompts().get(Role.CORRECT));
        prompts.put(Role.GENERATE, AGENT.prompts().get(Role.GENERATE));
        AgentDefinition again = new AgentDefinition(
                AGENT.name(),
                AGENT.version(),
                AGENT.description(),
                AGENT.answers(),
                models,
                prompts,
                AGENT.sampling(),
                AGENT.verifiers(),
                AGENT.critics(),
                List.of(),
                AGENT.policy());

        assertThat(again).isEqualTo(AGENT);
        assertThat(again.content()).isEqualTo(AGENT.content());
        assertThat(again.hash()).isEqualTo(AGENT.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void whateverChangesTheHashChanges() {
        Critic critic = AGENT.critics().getFirst();
        Prompt asked = critic.prompt();
        List<AgentDefinition> others = List.of(
                with("other", "1", "", AnswerFormat.PLAIN, "maker", "{{input}}"),
                with("sample", "2", "", AnswerFormat.PLAIN, "maker", "{{input}}"),
                with("sample", "1", "new", AnswerFormat.PLAIN, "maker", "{{input}}"),
                with("sample", "1", "", AnswerFormat.TAGGED, "maker", "{{input}}"),
                with("sample", "1", "", AnswerFormat.PLAIN, "faster", "{{input}}"),
                with("sample", "1", "", AnswerFormat.PLAIN, "maker", "{{input}} "),
                with(new Sampling(0.0, null, null), List.of("equation"), List.of(critic), POLICY),
                with(new Sampling(null, 0.5, null), List.of("equation"), List.of(critic), POLICY),
                with(new Sampling(null, null, 100), List.of("equation"), List.of(critic), POLICY),
                with(Sampling.DEFAULT, List.of(), List.of(critic), POLICY),
                with(Sampling.DEFAULT, List.of("equation", "arithmetic"), List.of(critic), POLICY),
                with(Sampling.DEFAULT, List.of("arithmetic", "equation"), List.of(critic), POLICY),
                with(Sampling.DEFAULT, List.of("equation"), List.of(), POLICY),
                withCritic(new Critic("name", "judge", asked, CritiqueFormat.TAGGED)),
                withCritic(new Critic("critic", "model", asked, CritiqueFormat.TAGGED)),
                withCritic(new Critic("critic", "judge", asked, CritiqueFormat.COMPUTATION)),
                withCritic(
                        new Critic("critic", "judge", new Prompt("id@2", null, asked.user()), CritiqueFormat.TAGGED)),
                withCritic(
                        new Critic("critic", "judge", new Prompt(asked.id(), "", asked.user()), CritiqueFormat.TAGGED)),
                withCritic(new Critic("critic", "judge", new Prompt(asked.id(), null, "?"), CritiqueFormat.TAGGED)),
                withPolicy(Policy.of(Rounds.of(3))),
                withPolicy(Policy.of(NoProgress.after(3))),
                withPolicy(Policy.of(new RegressionGuard(false))),
                withPolicy(Policy.of(Timeout.of(Duration.ofSeconds(1)))),
                withPolicy(Policy.of(new Acceptance(Critics.ALWAYS, 0.9))),
                withPolicy(Policy.of(new Acceptance(Critics.UNVERIFIED, 0.8))),
                withPolicy(Policy.of(Budget.ofCalls(1))),
                withPolicy(Policy.of(Budget.ofTokens(1))),
                withPolicy(Policy.of(Budget.ofMoney(BigDecimal.ONE))),
                withPolicy(Policy.of(Oscillation.tolerating(1))),
                withPolicy(Policy.of(FallingScore.after(1))),
                withPolicy(Policy.of(Acceptance.DEFAULT.byMajority())),
                withPolicy(Policy.of(Acceptance.DEFAULT.weighted(Map.of("critic", 2.0)))),
                withPolicy(Policy.of(Start.bestOf(2))),
                withPolicy(Policy.of(Start.selfConsistency(2))),
                withPolicy(Policy.of(Schedule.ofTemperatures(0.0, 1.0))),
                withPolicy(Policy.of(Schedule.DEFAULT.withSeed(1))),
                withPolicy(Policy.of(Escalation.to("larger"))),
                withPolicy(Policy.of(Escalation.to("larger").after(2))),
                withCritic(critic.withTools("search")),
                withVerifier(new VerifierSpec("equation", Map.of("max", 1))),
                withVerifier(new VerifierSpec("equation", Map.of("max", "1"))),
                withVerifier(new VerifierSpec("equation", Map.of("max", 1.0))),
                withVerifier(new VerifierSpec("equation", Map.of("max", List.of(1)))),
                withVerifier(new VerifierSpec("equation", Map.of("max", Map.of("max", 1)))));

        Set<String> hashes = new HashSet<>(Set.of(AGENT.hash()));
        for (AgentDefinition other : others) {
            assertThat(hashes.add(other.hash()))
                    .as("a hash of its own: %s", other)
                    .isTrue();
            assertThat(AgentDefinition.of(other.content())).isEqualTo(other);
        }
    }

    @Test
    void theHashDoesNotDriftBetweenVersionsOfCermin() {
        assertThat(AGENT.hash()).isEqualTo("c93f03bfcfcf17ad9e043dea81e35f7d5f6664691eb6fe54e2691f8b4a922802");
    }

    /** Map.of has another order in every JVM. */
    @Test
    void theHashOfNestedSettingsIsTheSameInEveryJvm() {
        Map<String, Object> properties = Map.of(
                "name", Map.of("type", "string", "minLength", 2, "pattern", "[a-z]+"),
                "share", Map.of("type", "number", "maximum", 0.25, "enum", List.of(0.1, 0.25)));
        Map<String, Object> schema =
                Map.of("type", "object", "properties", properties, "required", List.of("share", "name"));

        assertThat(withVerifier(new VerifierSpec("json-schema", Map.of("schema", schema, "strict", true)))
                        .hash())
                .isEqualTo("511e024f3c2377c66a416daddc096c939ac56c75a82bec1b50527399cb0c474e");
    }

    @Test
    void thePlanPinsTheContent() {
        assertThat(AGENT.plan()).isEqualTo(new Plan("sample", "1", AGENT.hash(), true, List.of("critic"), POLICY));
    }

    @Test
    void anUnknownCriticIsNamed() {
        assertThatThrownBy(() -> AGENT.critic("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Agent 'sample' has no critic 'nobody'");
    }

    private static AgentDefinition withCritic(Critic critic) {
        return with(Sampling.DEFAULT, List.of("equation"), List.of(critic), POLICY);
    }

    private static AgentDefinition withVerifier(VerifierSpec verifier) {
        return new AgentDefinition(
                AGENT.name(),
                AGENT.version(),
                AGENT.description(),
                AGENT.answers(),
                AGENT.models(),
                AGENT.prompts(),
                AGENT.sampling(),
                List.of(verifier),
                AGENT.critics(),
                List.of(),
                POLICY);
    }

    private static AgentDefinition withPolicy(Policy policy) {
        return with(Sampling.DEFAULT, List.of("equation"), AGENT.critics(), policy);
    }

    private static AgentDefinition with(
            String name, String version, String description, AnswerFormat answers, String model, String prompt) {
        Map<Role, Prompt> prompts = Map.of(Role.GENERATE, new Prompt("sample/generate@1", null, prompt));
        return new AgentDefinition(
                name,
                version,
                description,
                answers,
                Map.of(Role.GENERATE, model),
                prompts,
                Sampling.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                POLICY);
    }

    private static AgentDefinition with(
            Sampling sampling, List<String> verifiers, List<Critic> critics, Policy policy) {
        return new AgentDefinition(
                AGENT.name(),
                AGENT.version(),
                AGENT.description(),
                AGENT.answers(),
                AGENT.models(),
                AGENT.prompts(),
                sampling,
                verifiers.stream().map(VerifierSpec::new).toList(),
                critics,
                List.of(),
                policy);
    }
}
