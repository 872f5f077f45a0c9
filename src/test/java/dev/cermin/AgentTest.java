package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.Agents;
import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Source;
import dev.cermin.fixture.ManualClock;
import dev.cermin.fixture.Samples;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.StopReason;
import dev.cermin.loop.Task;
import dev.cermin.loop.Usage;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Budget;
import dev.cermin.policy.NoProgress;
import dev.cermin.policy.Rounds;
import dev.cermin.policy.Rule;
import dev.cermin.policy.Timeout;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.cermin.verify.Verifiers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AgentTest {
    /** A token is a character; a tenth of a cent each way. */
    private static final Price PRICE = new Price(new BigDecimal("1000"), new BigDecimal("1000"));

    @Test
    void anAgentInCode() {
        var model = ScriptedChatModel.saying("5", "4");

        var agent =
                Agent.builder("sums").model(model).verifier(Judges.answer("4")).build();
        var outcome = agent.run("2+2");

        assertThat(outcome.answer()).contains("4");
        assertThat(outcome.accepted()).isTrue();
        assertThat(model.prompts().getFirst()).isEqualTo("2+2");
        assertThat(model.prompts().getLast())
                .contains("2+2", "BEGIN EARLIER ANSWER\n5\nEND EARLIER ANSWER", "it is not 4");
    }

    @Test
    void anAgentOfTheClassPath() {
        var model = ScriptedChatModel.saying(
                "<output>x=3</output>",
                "<reflection>no</reflection><output>revise 0</output>",
                "<thinking>4/2</thinking><output>x=2</output>");

        var outcome = Agent.named("equations-chat", model).run("2x+3=7");

        assertThat(outcome.answer()).contains("x=2");
        assertThatThrownBy(() -> Agent.named("nobody", model)).hasMessageContaining("There is no agent 'nobody'");
    }

    @Test
    void anAgentOfAFile(@TempDir Path folder) throws IOException {
        write(folder.resolve("agents/haiku.yaml"), """
                name: haiku
                version: 3
                models: {generate: poet}
                prompts: {generate: haiku/write@1, correct: haiku/mend@1}
                verifiers: [short]
                policy: {rounds: 1}
                """);
        write(folder.resolve("prompts/haiku/write@1.yaml"), "user: \"A haiku on {{input}}\"\n");
        write(folder.resolve("prompts/haiku/mend@1.yaml"), "user: \"{{draft}}: {{checks}}\"\n");
        Verifier brief = Verifier.of(
                "short",
                answer -> answer.output().length() < 20
                        ? Check.pass("short", "it is short")
                        : Check.fail("short", "it is long"));
        var known = Verifiers.standard().with(brief);
        var definition = Agents.of(Source.folder(folder), known).named("haiku");
        var model = ScriptedChatModel.saying("leaves fall on and on and on", "leaves fall");

        var agent = Agent.builder(definition).verifiers(known).model(model).build();
        var outcome = agent.run("autumn");

        assertThat(outcome.answer()).contains("leaves fall");
        assertThat(model.prompts()).containsExactly("A haiku on autumn", "leaves fall on and on and on: it is long");
        assertThat(agent.definition()).isEqualTo(definition);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theOutcomeTellsEverything() {
        var maker = ScriptedChatModel.saying("6", "5", "4");
        var judge = ScriptedChatModel.saying(Judges.REVISE, Judges.REVISE, Judges.ACCEPT);
        Agent agent = Agent.builder("sums")
                .model(new Model("model", "test", maker, PRICE))
                .model(new Model("judge", "test", judge, PRICE))
                .verifier(Judges.answer("4"))
                .critic(Judges.critic("ear", "judge"))
                .policy(Acceptance.DEFAULT.always())
                .build();

        Outcome outcome = agent.run("2+2");

        assertThat(outcome.agent()).isEqualTo("sums");
        assertThat(outcome.attempts())
                .extracting(attempt -> attempt.draft().output())
                .containsExactly("6", "5", "4");
        assertThat(outcome.attempts()).extracting(Attempt::round).containsExactly(0, 1, 2);
        assertThat(outcome.attempts().getFirst().verdict().reasons())
                .containsExactly("answer: it is not 4", "ear: too short");
        assertThat(outcome.best().verdict().reasons()).containsExactly("answer: it is 4", "ear accepts with 1.00");
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.ACCEPTED);
        assertThat(outcome.usageByRole()).containsOnlyKeys(Role.GENERATE, Role.REFLECT, Role.CORRECT);
        assertThat(outcome.usageByModel()).containsOnlyKeys("model", "judge");
        assertThat(outcome.usageByModel().get("model").calls()).isEqualTo(3);
        assertThat(outcome.usageByRole().get(Role.REFLECT).tokensOut())
                .isEqualTo(2L * Judges.REVISE.length() + Judges.ACCEPT.length());
        assertThat(outcome.usageByRole().values().stream().reduce(Usage.NONE, Usage::plus))
                .isEqualTo(outcome.usage());
        assertThat(outcome.usage().cost())
                .isEqualByComparingTo(BigDecimal.valueOf(outcome.usage().tokens(), 3));
    }

    // --- limits: the best draft comes back

    record Limit(Rule rule, StopReason reason) {}

    static final List<Limit> LIMITS = List.of(
            new Limit(Rounds.of(2), StopReason.ROUNDS),
            new Limit(Budget.ofCalls(3), StopReason.BUDGET),
            new Limit(Budget.ofTokens(900), StopReason.BUDGET),
            new Limit(Budget.ofMoney(new BigDecimal("0.9")), StopReason.BUDGET),
            new Limit(Timeout.of(Duration.ofSeconds(30)), StopReason.DEADLINE));

    @ParameterizedTest
    @FieldSource("LIMITS")
    void theBestDraftComesBackWhenALimitTrips(Limit limit) {
        ManualClock clock = new ManualClock(Samples.NOON);
        var drafts = List.of("A", "AB", "ABC", "A B", "B A", "AC", "AD", "AE").iterator();
        var model = new ScriptedChatModel(prompt -> {
            clock.pass(Duration.ofSeconds(10));
            return drafts.next();
        });
        Agent agent = Agent.builder("letters")
                .model(new Model("model", "test", model, PRICE))
                .verifier(holds("B"))
                .verifier(holds("nothing of that kind"))
                .policy(Rounds.of(9), NoProgress.after(9))
                .policy(limit.rule())
                .clock(clock)
                .build();

        Outcome outcome = agent.run("letters");

        assertThat(outcome.stop().reason()).as(outcome.stop().detail()).isEqualTo(limit.reason());
        assertThat(outcome.answer()).as("the best, not the last").contains("AB");
        assertThat(outcome.attempts().size()).isGreaterThan(1);
    }

    @Test
    void theBestDraftComesBackAtTheTasksDeadline() {
        ManualClock clock = new ManualClock(Samples.NOON);
        var model = new ScriptedChatModel(prompt -> {
            clock.pass(Duration.ofMinutes(1));
            return "5";
        });
        Agent agent = Agent.builder("sums")
                .model(model)
                .verifier(Judges.answer("4"))
                .clock(clock)
                .build();
        Task task = new Task(
                UUID.randomUUID(), "sums", "2+2", Map.of(), "default", 0, Samples.NOON, Samples.NOON.plusSeconds(1));

        assertThat(agent.run(task).stop().reason()).isEqualTo(StopReason.DEADLINE);
    }

    @Test
    void theBestDraftComesBackWhenTheThreadIsInterrupted() {
        var model = new ScriptedChatModel(prompt -> {
            if (prompt.contains("EARLIER")) {
                Thread.currentThread().interrupt();
            }
            return prompt.contains("EARLIER") ? "6" : "5";
        });
        Agent agent =
                Agent.builder("sums").model(model).verifier(Judges.answer("4")).build();

        Outcome outcome = agent.run("2+2");

        assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(outcome.stop().detail()).isEqualTo("Cancelled by an interrupt of its thread");
        assertThat(outcome.answer()).contains("5");
    }

    private static Verifier holds(String letter) {
        return Verifier.of(
                letter,
                answer -> answer.output().contains(letter)
                        ? Check.pass(letter, "it is there")
                        : Check.fail(letter, "it is missing"));
    }

    // --- no draft at all

    @Test
    void withoutAnyDraftThereIsAnException() {
        var broken = new ScriptedChatModel(prompt -> {
            throw new IllegalStateException("503 Service Unavailable");
        });
        Agent agent = Agent.builder("sums").model(broken).build();

        NoDraftException none = catchThrowableOfType(NoDraftException.class, () -> agent.run("2+2"));

        assertThat(none)
                .hasMessage("Agent 'sums' has no answer, not even a draft: Model 'model' gave no answer: "
                        + "503 Service Unavailable");
        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(none.outcome().usage().calls()).isEqualTo(1);
        assertThat(none.attempts()).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedBeforehandGetsNoDraft() {
        var model = ScriptedChatModel.saying("4");
        Agent agent = Agent.builder("sums").model(model).build();

        Thread.currentThread().interrupt();
        NoDraftException none = catchThrowableOfType(NoDraftException.class, () -> agent.run("2+2"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(model.prompts()).isEmpty();
    }

    @Test
    void aBudgetThatNoCallFitsInGivesNoDraft() {
        Agent agent = Agent.builder("sums")
                .model(ScriptedChatModel.saying("4"))
                .policy(Budget.ofTokens(5))
                .build();

        NoDraftException none = catchThrowableOfType(
                NoDraftException.class, () -> agent.run("what is the sum of two and two, please?"));

        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.BUDGET);
    }

    @Test
    void aModelThatFailsLaterLeavesTheBestDraft() {
        Agent agent = Agent.builder("sums")
                .model(Speaker.saying("5"))
                .verifier(Judges.answer("4"))
                .build();

        Outcome outcome = agent.run("2+2");

        assertThat(outcome.stop().reason()).isEqualTo(StopReason.FAILED);
        assertThat(outcome.answer()).contains("5");
    }

    // --- what is asked

    @Test
    void aBlankInputIsNoTask() {
        Agent agent = Agent.builder("sums").model(ScriptedChatModel.saying("4")).build();

        assertThatThrownBy(() -> agent.run(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> agent.start("\n")).hasMessage("A task needs an input; it is blank");
        assertThatThrownBy(() -> agent.stream("")).hasMessage("A task needs an input; it is blank");
    }

    @Test
    void aTaskOfAnotherAgentIsRefused() {
        Agent agent = Agent.builder("sums").model(ScriptedChatModel.saying("4")).build();

        assertThatThrownBy(() -> agent.run(Samples.task("2+2")))
                .hasMessage("The task is for agent 'sample', not for 'sums'");
        assertThatThrownBy(() -> agent.start(Samples.task("2+2"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void instructionsAreTheSystemMessage() {
        var model = Speaker.saying("<thinking>two pairs</thinking><output>4</output>");
        Agent agent = Agent.builder("sums")
                .model(model)
                .instructions("You add.")
                .answers(AnswerFormat.TAGGED)
                .build();

        Outcome outcome = agent.run("2+2");

        assertThat(outcome.answer()).contains("4");
        assertThat(outcome.best().draft().thinking()).isEqualTo("two pairs");
        assertThat(model.last().messages().getFirst().toString()).contains("You add.", "<output>");
    }
}
