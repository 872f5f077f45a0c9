package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.fixture.ManualClock;
import dev.cermin.fixture.Samples;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Timeout;
import dev.cermin.tool.ToolUse;
import dev.cermin.tool.Tools;
import dev.cermin.trace.Chain;
import dev.cermin.trace.Findings;
import dev.cermin.trace.Replay;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tools that are bound to an agent: the agent calls them. */
class AgentToolsTest {
    static final class Calculator {
        @Tool("Adds two numbers")
        long add(long a, long b) {
            return Math.addExact(a, b);
        }

        @Tool
        String ask(String whom) {
            if (whom.equals("Ada")) {
                throw new IllegalStateException(whom + " is out");
            }
            return "4";
        }
    }

    private static final String SUM = "{\"a\": 2, \"b\": 2}";

    private static Run calculating(ChatModel model) {
        return Agent.builder("sums")
                .model(model)
                .tools(new Calculator())
                .verifier(Judges.answer("4"))
                .build()
                .start("2+2");
    }

    /** The tool calls of the first step of that kind, from the trace. */
    private static List<ToolUse> used(Run run, StepKind kind) {
        TraceStep step = run.trace().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
        return Json.read(step.texts().findings(), Findings.class).tools();
    }

    private static void assertReplays(Run run, Outcome outcome) {
        assertThat(Chain.verify(run.trace()).intact()).isTrue();
        assertThat(Replay.state(run.trace()).outcome()).isEqualTo(outcome);
    }

    private static String told(ChatRequest request) {
        return ((ToolExecutionResultMessage) request.messages().getLast()).text();
    }

    @Test
    void aDraftIsWrittenWithTools() {
        var model = Speaker.saying(Speaker.call("add", SUM), "4");

        Run run = calculating(model);

        Outcome outcome = run.outcome();
        assertThat(outcome.answer()).contains("4");
        assertThat(told(model.last())).isEqualTo("4");
        assertThat(model.last().toolSpecifications())
                .extracting(ToolSpecification::name)
                .containsExactly("add", "ask");
        assertThat(used(run, StepKind.GENERATE)).containsExactly(new ToolUse("add", SUM, "4", false));
        assertThat(outcome.usage().calls()).as("each turn is a call").isEqualTo(2);
        assertThat(outcome.usage().tokensIn()).isEqualTo(20);
        assertReplays(run, outcome);
    }

    @Test
    void aToolThatFailsIsToldAndRecorded() {
        String who = "{\"whom\": \"Ada\"}";
        var model = Speaker.saying(Speaker.call("ask", who), Speaker.call("divide", "{}"), "4");

        Run run = calculating(model);

        assertThat(run.outcome().accepted()).isTrue();
        assertThat(used(run, StepKind.GENERATE))
                .containsExactly(
                        new ToolUse("ask", who, "The tool failed: Ada is out", true),
                        new ToolUse("divide", "{}", "There is no tool 'divide'; there are [add, ask]", true));
        assertThat(told(model.requests().get(1))).isEqualTo("The tool failed: Ada is out");
        assertThat(told(model.requests().get(2))).startsWith("There is no tool 'divide'");
        assertReplays(run, run.outcome());
    }

    @Test
    void severalCallsOfOneMessageAreAnsweredTogether() {
        var replies = List.of(
                        AiMessage.from(Speaker.call("add", SUM), Speaker.call("ask", "{\"whom\": \"Ada\"}")),
                        AiMessage.from("4"))
                .iterator();
        var model = new Speaker(request -> replies.next());

        Run run = calculating(model);

        assertThat(run.outcome().accepted()).isTrue();
        assertThat(used(run, StepKind.GENERATE)).extracting(ToolUse::failed).containsExactly(false, true);
        assertThat(model.last().messages()).hasSize(4);
    }

    @Test
    void circlesOfToolCallsEndWithAClearFailure() {
        var model = new Speaker(request -> AiMessage.from(Speaker.call("add", SUM)));

        Run run = calculating(model);

        NoDraftException none = catchThrowableOfType(NoDraftException.class, run::outcome);
        assertThat(none.outcome().stop().detail())
                .isEqualTo("Model 'model' gave no answer: after 16 turns it still asks for tools");
        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(none.outcome().usage().calls()).isEqualTo(17);
        assertThat(used(run, StepKind.GENERATE))
                .as("what it called is on record")
                .hasSize(17);
        assertReplays(run, none.outcome());
    }

    @Test
    void circlesOfACorrectionLeaveTheDraft() {
        var model = new Speaker(request -> request.messages().toString().contains("EARLIER")
                ? AiMessage.from(Speaker.call("add", SUM))
                : AiMessage.from("5"));

        Run run = calculating(model);

        assertThat(run.outcome().stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(run.outcome().answer()).contains("5");
        assertReplays(run, run.outcome());
    }

    // --- limits

    @Test
    void turnsOfToolCallsCountInTheBudget() {
        var model = new Speaker(request -> AiMessage.from(Speaker.call("add", SUM)));
        Run run = Agent.builder("sums")
                .model(model)
                .tools(new Calculator())
                .policy(Budget.ofCalls(3))
                .build()
                .start("2+2");

        NoDraftException none = catchThrowableOfType(NoDraftException.class, run::outcome);

        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.BUDGET);
        assertThat(none.outcome().stop().detail()).isEqualTo("3 of 3 calls made");
        assertThat(model.requests()).hasSize(3);
        assertThat(used(run, StepKind.GENERATE)).hasSize(3);
        assertReplays(run, none.outcome());
    }

    @Test
    void theDeadlineIsSeenBetweenTurns() {
        ManualClock clock = new ManualClock(Samples.NOON);
        Tools slow = Tools.of(ToolSpecification.builder().name("wait").build(), arguments -> {
            clock.pass(Duration.ofMinutes(2));
            return "done";
        });
        var model = Speaker.saying(Speaker.call("wait", "{}"), "4");
        Agent agent = Agent.builder("sums")
                .model(model)
                .tools(slow)
                .clock(clock)
                .policy(Timeout.of(Duration.ofMinutes(1)))
                .build();

        NoDraftException none = catchThrowableOfType(NoDraftException.class, () -> agent.run("2+2"));

        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.DEADLINE);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void aCancelInterruptsATool() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        AtomicInteger turn = new AtomicInteger();
        Tools endless = Tools.of(ToolSpecification.builder().name("wait").build(), arguments -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "never";
        });
        var model = new Speaker(request ->
                turn.incrementAndGet() == 1 ? AiMessage.from("5") : AiMessage.from(Speaker.call("wait", "{}")));
        Run run = Agent.builder("sums")
                .model(model)
                .tools(endless)
                .verifier(Judges.answer("4"))
                .build()
                .start("2+2");
        working.await();

        run.cancel();

        assertThat(run.outcome().stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.outcome().answer()).contains("5");
        assertThat(model.requests()).as("no call after it").hasSize(2);
        assertThat(used(run, StepKind.CORRECT)).hasSize(1);
        assertReplays(run, run.outcome());
    }

    // --- critics

    @Test
    void aCriticHasTheToolsThatItNames() {
        var judge = Speaker.saying(Speaker.call("add", SUM), Speaker.call("ask", "{}"), Judges.ACCEPT);
        Run run = Agent.builder("sums")
                .model(Speaker.saying("4"))
                .model("judge", judge)
                .tools(new Calculator())
                .critic(Judges.critic("ear", "judge").withTools("add"))
                .build()
                .start("2+2");

        Outcome outcome = run.outcome();

        assertThat(outcome.accepted()).isTrue();
        assertThat(judge.last().toolSpecifications())
                .extracting(ToolSpecification::name)
                .containsExactly("add");
        assertThat(used(run, StepKind.REFLECT))
                .containsExactly(
                        new ToolUse("add", SUM, "4", false),
                        new ToolUse("ask", "{}", "There is no tool 'ask'; there are [add]", true));
        assertThat(outcome.usageByRole().get(Role.REFLECT).calls()).isEqualTo(3);
        assertReplays(run, outcome);
    }

    @Test
    void aCriticThatGoesInCirclesIsAFailureOfTheCritic() {
        Run run = Agent.builder("sums")
                .model(Speaker.saying("4"))
                .model("judge", new Speaker(request -> AiMessage.from(Speaker.call("add", SUM))))
                .tools(new Calculator())
                .critic(Judges.critic("ear", "judge").withTools("add"))
                .build()
                .start("2+2");

        assertThat(run.outcome().answer()).contains("4");
        assertThat(run.outcome().stop().reason()).isEqualTo(StopReason.NO_PROGRESS);
        assertThat(used(run, StepKind.REFLECT)).hasSize(17);
        assertReplays(run, run.outcome());
    }

    @Test
    void aCriticWithoutToolsIsOfferedNone() {
        var judge = Speaker.saying(Judges.ACCEPT);

        Agent.builder("sums")
                .model(Speaker.saying("4"))
                .model("judge", judge)
                .tools(new Calculator())
                .critic(Judges.critic("ear", "judge"))
                .build()
                .run("2+2");

        assertThat(judge.last().toolSpecifications()).isEmpty();
    }
}
