package dev.cermin.testing;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.AgentBuilder;
import dev.cermin.NoDraftException;
import dev.cermin.Run;
import dev.cermin.agent.AgentDefinition.Critic;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Acceptance.Critics;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Rule;
import dev.cermin.tool.Tools;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFixtureTest {
    private static final String ACCEPT = "<reflection></reflection><output>accept 1.0</output>";
    private static final String REVISE = "<reflection>too dull</reflection><output>revise 0.2</output>";

    @TempDir
    Path folder;

    @Test
    void aTraceOfTheBundledModelIsATestWithoutIt() {
        Path file = folder.resolve("traces/9x-15.jsonl");
        Outcome real;
        try (var model = JlamaChatModel.builder()
                .folder(BundledModel.unpack(Path.of("target/models")))
                .build()) {
            Run run = Agent.named("equations", model).start("9x-15=21");
            real = run.outcome();
            TraceFixture.write(run.trace(), file);
        }

        TraceFixture fixture = TraceFixture.read(file);
        var model = fixture.model();
        Outcome again = Agent.named("equations", model).run(fixture.task());

        assertThat(fixture.outcome()).isEqualTo(real);
        assertThat(again).wentAs(real).isAccepted().hasAnswer("x=4").failsFirst("equation");
        assertThat(again.usage().tokens()).isEqualTo(real.usage().tokens());
        model.assertExhausted();
    }

    @Test
    void itReadsAnArrayAsTheApiGivesItAndLines() {
        List<TraceStep> steps = trace(solver(ScriptedChatModel.saying("x=1", "x=4")), "9x-15=21");

        assertThat(read(Json.text(steps)).steps()).isEqualTo(steps);
        TraceFixture.write(steps, folder.resolve("lines.jsonl"));
        assertThat(TraceFixture.read(folder.resolve("lines.jsonl")).steps()).isEqualTo(steps);
        assertThat(read(Json.text(steps)).input()).isEqualTo("9x-15=21");
    }

    @Test
    void aTraceThatWasChangedIsRefusedAtTheFirstStepThatIsBroken() {
        String json = Json.text(trace(solver(ScriptedChatModel.saying("x=1", "x=4")), "9x-15=21"));

        assertThatThrownBy(() -> read(json.replace("\"response\":\"x=4\"", "\"response\":\"x=5\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trace is not as it was recorded: step 3: its response is not what was recorded");
    }

    @Test
    void whatIsNoWholeTraceIsRefused() throws Exception {
        List<TraceStep> steps = trace(solver(ScriptedChatModel.saying("x=4")), "9x-15=21");
        Path file = folder.resolve("bad.jsonl");

        assertThatThrownBy(() -> TraceFixture.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("bad.jsonl can't be read");
        TraceFixture.write(steps.subList(0, 2), file);
        assertThatThrownBy(() -> TraceFixture.read(file))
                .hasMessageStartingWith(file + ": The trace has no end: its task goes on after step 1");
        Files.writeString(file, Json.text(steps.getFirst()) + "\n\n{\"number\":1,");
        assertThatThrownBy(() -> TraceFixture.read(file)).hasMessageContaining(file + ": No trace, line 3: ");
        assertThatThrownBy(() -> read("[{\"number\":true}]")).hasMessageContaining("No trace: ");
        assertThatThrownBy(() -> read("")).hasMessageContaining("the trace has no steps");
    }

    @Test
    void aPromptThatHasChangedIsToldByStepAndPlace() {
        TraceFixture fixture = TraceFixture.of(trace(solver(ScriptedChatModel.saying("x=1", "x=4")), "9x-15=21"));
        Agent changed = Agent.builder("solver")
                .model(fixture.model())
                .instructions("Solve for y.")
                .verifiers("equation")
                .build();

        assertThatThrownBy(() -> changed.run(fixture.input()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Step 1 of the trace, a generate step, was asked something else")
                .hasMessageContaining("recorded: Solve for x.")
                .hasMessageContaining("given:    Solve for y.");
    }

    @Test
    void anAgentThatAsksMoreThanTheTraceHasIsStopped() {
        TraceFixture fixture = TraceFixture.of(trace(solver(ScriptedChatModel.saying("x=4")), "9x-15=21"));
        Agent stricter = builder(fixture.model())
                .critic("style", "Short")
                .policy(new Acceptance(Critics.ALWAYS, 0.9))
                .build();

        assertThatThrownBy(() -> stricter.run(fixture.input()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The agent asks more than the trace has, which ends with step 3");
    }

    @Test
    void criticsThinkingAndTagsArePlayedAsTheyWere() {
        var script = ScriptedChatModel.saying()
                .thenThinking("a first idea", "<thinking>hm</thinking><output>a cat</output>")
                .then(REVISE)
                .then("<thinking>better</thinking><output>a dog</output>")
                .then(ACCEPT);
        Agent real = poet(script);
        TraceFixture fixture = TraceFixture.of(trace(real, "a poem"));
        Outcome again = poet(fixture.model()).run(fixture.task());

        assertThat(again)
                .wentAs(fixture.outcome())
                .isAccepted()
                .hasAnswer("a dog")
                .hasVerdictReason(0, "too dull");
        assertThat(again.attempts().getFirst().draft().thinking()).isEqualTo("a first idea\n\nhm");
    }

    @Test
    void aCriticThatHadToBeAskedAgainGoesTheSameWay() {
        for (String second : List.of(ACCEPT, "still nonsense")) {
            var script = new ScriptedChatModel(prompt -> prompt.contains("could not be read")
                    ? second
                    : prompt.startsWith("REFLECT") ? "nonsense" : "<output>a cat</output>");
            TraceFixture fixture = TraceFixture.of(trace(poet(script), "a poem"));
            var model = fixture.model();

            assertThat(poet(model).run(fixture.task())).wentAs(fixture.outcome());
            model.assertExhausted();
        }
    }

    @Test
    void callsThatFailedFailAgain() {
        var failing = ScriptedChatModel.saying("x=1").thenThrow(new IllegalStateException("overloaded"));
        TraceFixture fixture = TraceFixture.of(trace(solver(failing), "9x-15=21"));

        Outcome again = solver(fixture.model()).run(fixture.task());

        assertThat(again).wentAs(fixture.outcome()).stoppedBy(StopReason.FAILED);
        assertThat(again.stop().detail()).isEqualTo("Model 'model' gave no answer: overloaded");
        assertThat(again.usage().calls()).isEqualTo(2);

        var deaf = new ScriptedChatModel(prompt -> {
            if (prompt.startsWith("REFLECT")) {
                throw new IllegalStateException("overloaded");
            }
            return "<output>a cat</output>";
        });
        TraceFixture unheard = TraceFixture.of(trace(poet(deaf), "a poem"));
        assertThat(poet(unheard.model()).run(unheard.task())).wentAs(unheard.outcome());
    }

    @Test
    void toolsAreCalledAgainAndMustGiveTheSame() {
        AtomicInteger count = new AtomicInteger();
        Tools counting = Tools.of(
                ToolSpecification.builder().name("count").build(),
                arguments -> String.valueOf(count.incrementAndGet()));
        var script = ScriptedChatModel.saying()
                .thenCalling("count", "{}")
                .thenCalling("count", "{}")
                .then("2");
        TraceFixture fixture = TraceFixture.of(trace(counter(script, counting), "How many?"));

        assertThatThrownBy(() -> counter(fixture.model(), counting).run(fixture.task()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Step 1 of the trace, a generate step: tool 'count' gives '3' for {}, and gave '1' then");
        count.set(0);
        assertThat(counter(fixture.model(), counting).run(fixture.task())).wentAs(fixture.outcome());
        assertThat(count).hasValue(2);

        assertThat(counter(fixture.model(), fixture.tools(counting)).run(fixture.task()))
                .wentAs(fixture.outcome())
                .takesAtMostCalls(3);
        assertThat(count).as("nothing was executed").hasValue(2);
    }

    @Test
    void toolsThatWereCalledAtOnceOrFailedDoSoAgain() {
        Tools moody = Tools.of(ToolSpecification.builder().name("mood").build(), arguments -> {
            throw new IllegalStateException("not today");
        });
        var both = AiMessage.from(call("1", "mood"), call("2", "nonesuch"), call("3", "mood"));
        TraceFixture fixture = TraceFixture.of(
                trace(counter(ScriptedChatModel.saying().then(both).then("none"), moody), "How many?"));
        var model = fixture.model();

        assertThat(counter(model, fixture.tools(moody)).run(fixture.task()))
                .wentAs(fixture.outcome())
                .takesAtMostCalls(2);
        model.assertExhausted();
        assertThatThrownBy(() -> fixture.tools(moody)
                        .execute(
                                ToolExecutionRequest.builder()
                                        .name("mood")
                                        .arguments("{\"a\":1}")
                                        .build(),
                                List.of("mood")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Tool 'mood' is called with {\"a\":1}; the trace has {} there");
    }

    @Test
    void whatTheTraceDoesNotHaveIsSaid() {
        Tools tools = Tools.of(ToolSpecification.builder().name("count").build(), arguments -> "1");
        Agent thrifty = solver(ScriptedChatModel.saying("x=1"), new Budget(1, null, null));
        TraceFixture enough = TraceFixture.of(trace(thrifty, "9x-15=21"));
        assertThat(enough.outcome()).stoppedBy(StopReason.BUDGET);
        assertThat(solver(enough.model(), new Budget(1, null, null)).run(enough.task()))
                .wentAs(enough.outcome());

        Agent cut = counterBuilder(ScriptedChatModel.saying().thenCalling("count", "{}"), tools)
                .policy(new Budget(1, null, null))
                .build();
        Run run = cut.start("How many?");
        assertThatThrownBy(run::outcome).isInstanceOf(NoDraftException.class);
        TraceFixture fixture = TraceFixture.of(run.trace());
        assertThatThrownBy(() -> counter(fixture.model(), tools).run(fixture.task()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Step 1 of the trace, a generate step, was cut short");
    }

    @Test
    void anErasedTextIsNamed() {
        List<TraceStep> steps = trace(solver(ScriptedChatModel.saying("x=4")), "9x-15=21");
        String json = Json.text(steps).replace(",\"response\":\"x=4\"", "");
        TraceFixture fixture = read(json);

        assertThatThrownBy(fixture::model)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Step 1 can't be played: its text 'response' was erased");
        assertThat(fixture.outcome()).isAccepted();
    }

    @Test
    void theTaskIsMadeAnewWithItsMetadata() {
        Task old = new Task(
                UUID.randomUUID(),
                "solver",
                "9x-15=21",
                Map.of("grade", "7"),
                "school",
                3,
                Instant.now(),
                Instant.now().plusSeconds(60));
        Run run = solver(ScriptedChatModel.saying("x=4")).start(old);
        run.outcome();

        Task task = TraceFixture.of(run.trace()).task();

        assertThat(task.metadata()).isEqualTo(old.metadata());
        assertThat(task.tenant()).isEqualTo("school");
        assertThat(task.deadline()).isNull();
        assertThat(task.id()).isNotEqualTo(old.id());
    }

    private static ToolExecutionRequest call(String id, String tool) {
        return ToolExecutionRequest.builder().id(id).name(tool).arguments("{}").build();
    }

    private static AgentBuilder builder(ChatModel model) {
        return Agent.builder("solver").model(model).instructions("Solve for x.").verifiers("equation");
    }

    private static Agent solver(ChatModel model, Rule... rules) {
        return builder(model).policy(rules).build();
    }

    private static Agent poet(ChatModel model) {
        return Agent.builder("poet")
                .model(model)
                .answers(AnswerFormat.TAGGED)
                .critic(new Critic(
                        "form",
                        "model",
                        new Prompt("form@1", null, "REFLECT on {{draft}}, {{input}}"),
                        CritiqueFormat.TAGGED))
                .build();
    }

    private static AgentBuilder counterBuilder(ChatModel model, Tools tools) {
        return Agent.builder("counter").model(model).tools(tools);
    }

    private static Agent counter(ChatModel model, Tools tools) {
        return counterBuilder(model, tools).build();
    }

    private static List<TraceStep> trace(Agent agent, String input) {
        Run run = agent.start(input);
        run.outcome();
        return run.trace();
    }

    private static TraceFixture read(String json) {
        return TraceFixture.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
