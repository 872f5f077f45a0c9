package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.critique.Critique;
import dev.cermin.critique.Critique.Opinion;
import dev.cermin.json.Json;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Critics in the loop: a judge of its own drafts, a judge that can't be read. */
class CriticsTest {
    private static final String NOISE = "I like it";

    // --- the same model writes and judges

    @Test
    void aCriticOfItsOwnModelsDraftIsWarnedOf() {
        Agent agent = Agent.builder("poet")
                .model(ScriptedChatModel.saying("a poem", Judges.ACCEPT))
                .critic(Judges.critic("ear", "model"))
                .build();

        Run run = agent.start("autumn");

        String warning = "Critic 'ear' judges a draft of its own model, 'model'";
        assertThat(critique(run.outcome()).warnings()).containsExactly(warning);
        assertThat(findings(run)).containsExactly(warning);
        assertThat(run.outcome().accepted()).as("a warning is no veto").isTrue();
    }

    @Test
    void theSameModelUnderAnotherNameIsWarnedOfToo() {
        ChatModel model = ScriptedChatModel.saying("a poem", Judges.ACCEPT);
        Agent agent = Agent.builder("poet")
                .model(model)
                .model("judge", model)
                .critic(Judges.critic("ear", "judge"))
                .build();

        assertThat(critique(agent.run("autumn")).warnings())
                .containsExactly("Critic 'ear' judges a draft of its own model, 'model'");
    }

    @Test
    void aCriticOfAnotherModelIsNotWarnedOf() {
        assertThat(critique(poet(ScriptedChatModel.saying(Judges.ACCEPT)).run("autumn"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void aJudgeIsAskedByItsCriteria() {
        var model = Speaker.saying("a poem", "{\"issues\": [], \"score\": 1.0, \"verdict\": \"accept\"}");

        Outcome outcome = Agent.builder("poet")
                .model(model)
                .critic("form", "Three lines", "No rhymes")
                .policy(Rounds.of(0))
                .build()
                .run("autumn");

        assertThat(model.requests().get(1).messages().getFirst().toString()).contains("- Three lines\n- No rhymes");
        assertThat(Speaker.asked(model.requests().get(1))).contains("BEGIN ANSWER\na poem\nEND ANSWER");
        assertThat(critique(outcome).critic()).isEqualTo("form");
        assertThat(critique(outcome).warnings()).contains("Critic 'form' judges a draft of its own model, 'model'");
    }

    // --- a critic that can't be read

    @Test
    void aCriticThatCanNotBeReadIsAskedOnceMore() {
        var judge = Speaker.saying(NOISE, Judges.ACCEPT);
        Agent agent = poet(judge);

        Run run = agent.start("autumn");

        Outcome outcome = run.outcome();
        assertThat(outcome.accepted()).isTrue();
        assertThat(critique(outcome).opinion()).isEqualTo(Opinion.ACCEPT);
        assertThat(outcome.usageByRole().get(Role.REFLECT).calls()).isEqualTo(2);
        String note = "Asked once more, since the first answer could not be read: "
                + "Expected <output>accept</output> or <output>revise</output>";
        assertThat(critique(outcome).warnings()).hasSize(1).first().asString().startsWith(note);
        assertThat(findings(run)).hasSize(1).first().asString().startsWith(note);
        assertThat(judge.last().messages()).hasSize(3);
        assertThat(Speaker.asked(judge.last())).startsWith("Your answer could not be read: ");
    }

    @Test
    void aCriticThatIsNotReadTwiceIsAFailureOfTheCritic() {
        var judge = Speaker.saying(NOISE, NOISE);

        Outcome outcome = poet(judge).run("autumn");

        assertThat(judge.requests()).as("once more, not twice").hasSize(2);
        assertThat(critique(outcome).opinion()).isEqualTo(Opinion.UNREADABLE);
        assertThat(critique(outcome).warnings()).isNotEmpty();
        assertThat(outcome.stop().reason()).as("not FAILED").isEqualTo(StopReason.NO_PROGRESS);
        assertThat(outcome.answer()).contains("a poem");
        assertThat(outcome.best().verdict().reasons()).first().asString().startsWith("ear could not be read: ");
    }

    @Test
    void aCriticThatBreaksWhenAskedOnceMoreIsAFailureOfTheCritic() {
        var judge = new ScriptedChatModel(prompt -> {
            if (prompt.contains("could not be read")) {
                throw new IllegalStateException("overloaded");
            }
            return NOISE;
        });

        Outcome outcome = poet(judge).run("autumn");

        assertThat(critique(outcome).opinion()).isEqualTo(Opinion.UNREADABLE);
        assertThat(critique(outcome).warnings())
                .containsExactly("Asking once more failed: Model 'judge' gave no answer: overloaded");
        assertThat(outcome.usageByRole().get(Role.REFLECT).calls()).isEqualTo(2);
        assertThat(outcome.stop().reason()).isEqualTo(StopReason.NO_PROGRESS);
    }

    @Test
    void aBudgetForbidsToAskOnceMore() {
        var judge = Speaker.saying(NOISE, Judges.ACCEPT);
        Agent agent = Agent.builder("poet")
                .model(Speaker.saying("a poem"))
                .model("judge", judge)
                .critic(Judges.critic("ear", "judge"))
                .policy(Budget.ofCalls(2))
                .build();

        Outcome outcome = agent.run("autumn");

        assertThat(judge.requests()).hasSize(1);
        assertThat(critique(outcome).warnings()).containsExactly("There was no asking once more: 2 of 2 calls made");
        assertThat(outcome.answer()).contains("a poem");
    }

    @Test
    void anotherCriticIsHeardAllTheSame() {
        Agent agent = Agent.builder("poet")
                .model(Speaker.saying("a poem", "a better poem"))
                .model("judge", Speaker.saying(NOISE, NOISE, Judges.REVISE, Judges.ACCEPT, Judges.ACCEPT))
                .critic(Judges.critic("ear", "judge"))
                .critic(Judges.critic("eye", "judge"))
                .build();

        Outcome outcome = agent.run("autumn");

        assertThat(outcome.attempts().getFirst().verdict().reasons())
                .hasSize(2)
                .last()
                .isEqualTo("eye: too short");
        assertThat(outcome.answer()).contains("a better poem");
    }

    private static Agent poet(ChatModel judge) {
        return Agent.builder("poet")
                .model(Speaker.saying("a poem"))
                .model("judge", judge)
                .critic(Judges.critic("ear", "judge"))
                .build();
    }

    private static Critique critique(Outcome outcome) {
        return outcome.attempts().getFirst().critiques().getFirst();
    }

    /** The warnings of the reflection in the trace. */
    private static List<String> findings(Run run) {
        TraceStep step = run.trace().stream()
                .filter(each -> each.kind() == StepKind.REFLECT)
                .findFirst()
                .orElseThrow();
        return Json.read(step.texts().findings(), Findings.class).critique().warnings();
    }
}
