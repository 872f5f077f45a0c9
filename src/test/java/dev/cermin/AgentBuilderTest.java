package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.agent.AgentDefinition;
import dev.cermin.agent.Agents;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.Policy;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.tool.Tools;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AgentBuilderTest {
    private static final ScriptedChatModel MODEL = ScriptedChatModel.saying();

    /** What is wrong, and what is told. */
    record Fault(AgentBuilder builder, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static final List<Fault> FAULTS = List.of(
            new Fault(Agent.builder("sums"), "Agent 'sums' needs a model: call model(chatModel)"),
            new Fault(
                    Agent.builder("Sums").model(MODEL), "A name is lower case, digits and single hyphens, not 'Sums'"),
            new Fault(
                    Agent.builder("sums").model("gpt", MODEL).critic(Judges.critic("ear", "claude")),
                    "Agent 'sums' names models that it was not given: [claude, model]; given are [gpt]; "
                            + "model(chatModel) gives one for all the others"),
            new Fault(
                    Agent.builder("sums").model("model", MODEL).policy(Escalation.to("large")),
                    "Agent 'sums' names models that it was not given: [large]; given are [model]; "
                            + "model(chatModel) gives one for all the others"),
            new Fault(
                    Agent.builder("sums").model(MODEL).verifiers("nosuch"),
                    "Agent 'sums' names verifier 'nosuch', which isn't there; known are "
                            + Verifiers.standard().names()),
            new Fault(
                    Agent.builder("sums")
                            .model(MODEL)
                            .verifier(Judges.answer("4"))
                            .verifier(Judges.answer("5")),
                    "Agent 'sums' has two verifiers named 'answer'"),
            new Fault(
                    Agent.builder("sums").model(MODEL).critic("ear", "loud").critic("ear", "clear"),
                    "Agent 'sums' has two critics named 'ear'"),
            new Fault(
                    Agent.builder("sums")
                            .model(MODEL)
                            .critic(Judges.critic("ear", "model").withTools("add")),
                    "Agent 'sums' names tools that it was not given: [add]; given are []"),
            new Fault(
                    Agent.builder(Samples.agent(List.of(), List.of(), Policy.DEFAULT))
                            .model(MODEL)
                            .instructions("Add."),
                    "Agent 'sample' has its instructions in its prompts: call prompt(role, prompt) to replace one"));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void whatDoesNotFitIsToldWhenItIsBuilt(Fault fault) {
        assertThatThrownBy(fault.builder()::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault.message());
    }

    @Test
    void criticsBringTheirOwnPrompts() {
        AgentBuilder builder = Agent.builder("sums");

        assertThatThrownBy(() -> builder.prompt(Role.REFLECT, new Prompt("p@1", null, "?")))
                .hasMessage("Critics bring their own prompts: call critic(new Critic(…))");
    }

    @Test
    void aBuilderBuildsSeveralAgents() {
        AgentBuilder builder = Agent.builder("sums").model(MODEL).instructions("Add.");
        AgentDefinition adds = builder.build().definition();

        AgentDefinition subtracts =
                builder.instructions("Subtract.").version("2").build().definition();

        assertThat(adds.prompts().get(Role.GENERATE).system()).isEqualTo("Add.");
        assertThat(subtracts.prompts().get(Role.GENERATE).system()).isEqualTo("Subtract.");
        assertThat(subtracts.prompts().get(Role.CORRECT).system()).isEqualTo("Subtract.");
        assertThat(subtracts.version()).isEqualTo("2");
        assertThat(subtracts.hash()).isNotEqualTo(adds.hash());
    }

    @Test
    void aDefinitionsPartsAreReplacedOrAddedTo() {
        AgentDefinition file = Samples.agent(List.of("arithmetic"), List.of("critic"), Policy.DEFAULT);
        Prompt other = new Prompt("mine@1", null, "Do {{input}}");
        Tools add = Tools.of(ToolSpecification.builder().name("add").build(), arguments -> "4");

        AgentDefinition mine = Agent.builder(file)
                .model(MODEL)
                .version("7")
                .sampling(new Sampling(0.5, null, null))
                .prompt(Role.GENERATE, other)
                .verifier(Judges.answer("4"))
                .critic("style", "it is terse")
                .corrector("fixer")
                .tools(add)
                .policy(Rounds.of(5))
                .build()
                .definition();

        assertThat(mine.name()).isEqualTo("sample");
        assertThat(mine.version()).isEqualTo("7");
        assertThat(mine.sampling().temperature()).isEqualTo(0.5);
        assertThat(mine.prompts()).containsEntry(Role.GENERATE, other);
        assertThat(mine.prompts().get(Role.CORRECT)).isEqualTo(file.prompts().get(Role.CORRECT));
        assertThat(mine.verifiers()).extracting(spec -> spec.name()).containsExactly("arithmetic", "answer");
        assertThat(mine.critics())
                .extracting(critic -> critic.name() + " on " + critic.model())
                .containsExactly("critic on judge", "style on maker");
        assertThat(mine.models()).containsEntry(Role.GENERATE, "maker").containsEntry(Role.CORRECT, "fixer");
        assertThat(mine.tools()).containsExactly("add");
        assertThat(mine.policy().rounds()).isEqualTo(5);
        assertThat(Agent.builder(file).model(MODEL).build().definition())
                .as("left as it is where nothing is said")
                .isEqualTo(file);
    }

    @Test
    void aDefinitionSaysWhoMayCallTheToolsThatItNames() {
        AgentDefinition plain = Samples.agent(List.of(), List.of(), Policy.DEFAULT);
        AgentDefinition file = new AgentDefinition(
                plain.name(),
                plain.version(),
                "",
                plain.answers(),
                plain.models(),
                plain.prompts(),
                plain.sampling(),
                List.of(),
                List.of(Judges.critic("ear", "maker").withTools("search")),
                List.of(),
                plain.policy());
        Tools search = Tools.of(ToolSpecification.builder().name("search").build(), arguments -> "found");

        assertThat(Agent.builder(file).model(MODEL).tools(search).build().definition())
                .isEqualTo(file);
        assertThatThrownBy(() -> Agent.builder(file).model(MODEL).build())
                .hasMessage("Agent 'sample' names tools that it was not given: [search]; given are []");
    }

    @Test
    void aVerifierIsFoundWhateverTheOrder() {
        var model = ScriptedChatModel.saying("4");

        Outcome outcome = Agent.builder("sums")
                .verifier(Judges.answer("4"))
                .verifiers(Verifiers.standard())
                .model(model)
                .build()
                .run("2+2");

        assertThat(outcome.accepted()).isTrue();
    }

    @Test
    void eachModelIsCalledForWhatItIsNamedFor() {
        var maker = ScriptedChatModel.saying("6");
        var fixer = ScriptedChatModel.saying("5");
        var large = ScriptedChatModel.saying("4");

        Outcome outcome = Agent.builder("sums")
                .model(maker)
                .model("fixer", fixer)
                .model("large", large)
                .corrector("fixer")
                .verifier(Judges.answer("4"))
                .policy(Escalation.to("large").after(2))
                .build()
                .run("2+2");

        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.draft().model())
                .containsExactly("model", "fixer", "large");
    }

    @Test
    void theBundledAgentsAreBuiltAsTheyAre() {
        for (AgentDefinition definition : Agents.ofClassPath().all()) {
            assertThat(Agent.builder(definition).model(MODEL).build().definition())
                    .isEqualTo(definition);
        }
    }

    @Test
    void aVerifierWithSettingsIsPartOfTheDefinition() {
        Agent agent = Agent.builder("brief")
                .model(ScriptedChatModel.saying("one two three", "one two"))
                .verifier("length", Map.of("unit", "words", "max", 2))
                .build();

        assertThat(agent.definition().verifiers())
                .containsExactly(new VerifierSpec("length", Map.of("unit", "words", "max", 2)));
        assertThat(agent.run("count").answer()).contains("one two");
    }
}
