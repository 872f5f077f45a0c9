package dev.cermin.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.Agent;
import dev.cermin.agent.Sampling;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.model.Model;
import dev.cermin.model.Price;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.Schedule;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What each call is allowed, and what is recorded of how it was made. A token of the scripted model is a character. */
class CallLimitsTest {
    private static final Verifier FOUR = Verifier.of(
            "four",
            answer -> answer.output().equals("4") ? Check.pass("four", "it is 4") : Check.fail("four", "it is not 4"));

    @Test
    void whatIsLeftOfTheTokensCapsTheReply() {
        ScriptedChatModel model = ScriptedChatModel.saying("4");
        Agent.builder("sums").model(model).policy(Budget.ofTokens(100)).build().run("x".repeat(40));

        // the prompt is estimated at a quarter of its characters
        assertThat(model.requests().getFirst().maxOutputTokens()).isEqualTo(90);
    }

    @Test
    void theAgentsOwnLimitStaysWhereItIsLower() {
        ScriptedChatModel model = ScriptedChatModel.saying("4");
        Agent.builder("sums")
                .model(model)
                .sampling(new Sampling(null, null, 20))
                .policy(Budget.ofTokens(100))
                .build()
                .run("2+2");

        assertThat(model.requests().getFirst().maxOutputTokens()).isEqualTo(20);
    }

    @Test
    void aCallWhosePromptAloneWouldExceedTheTokensIsNotMade() {
        ScriptedChatModel model = ScriptedChatModel.saying("5", "4");
        Outcome outcome = Agent.builder("sums")
                .model(model)
                .verifier(FOUR)
                .policy(Budget.ofTokens(60))
                .build()
                .run("2+2");

        assertThat(outcome.stop().reason()).isEqualTo(StopReason.BUDGET);
        assertThat(outcome.stop().detail()).startsWith("A call with about ").contains("would exceed the budget");
        assertThat(outcome.answer()).contains("5");
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void whatIsLeftOfTheMoneyCapsTheReplyByThePrice() {
        ScriptedChatModel model = ScriptedChatModel.saying("4");
        Price price = new Price(new BigDecimal("1000000"), new BigDecimal("2000000"));
        Agent.builder("sums")
                .model(new Model("model", "scripted", model, price))
                .policy(Budget.ofMoney(new BigDecimal("100")))
                .build()
                .run("x".repeat(40));

        // 10 of 100 for the prompt, and 2 for each token of the reply
        assertThat(model.requests().getFirst().maxOutputTokens()).isEqualTo(45);
    }

    @Test
    void aScheduleIsSentAndASeedThatCanNotBeIsNoted() {
        ScriptedChatModel model = ScriptedChatModel.saying("5", "4");
        var agent = Agent.builder("sums")
                .model(model)
                .verifier(FOUR)
                .policy(Schedule.ofTemperatures(0.0, 0.8).withSeed(7))
                .build();
        var run = agent.start("2+2");
        assertThat(run.outcome().accepted()).isTrue();

        assertThat(model.requests()).extracting(ChatRequest::temperature).containsExactly(0.0, 0.8);
        assertThat(run.trace().get(3).texts().findings()).contains("Seed 8 was not sent: provider other takes none");
    }

    @Test
    void anEscalationGoesToTheNextModelAndSaysWhyInTheTrace() {
        ScriptedChatModel small = ScriptedChatModel.saying("5");
        ScriptedChatModel large = ScriptedChatModel.saying("4");
        var run = Agent.builder("sums")
                .model(small)
                .model("large", large)
                .verifier(FOUR)
                .policy(Escalation.to("large"))
                .build()
                .start("2+2");

        assertThat(run.outcome().best().draft().model()).isEqualTo("large");
        assertThat(run.outcome().usageByModel()).containsOnlyKeys("model", "large");
        assertThat(run.trace().get(3).texts().findings()).contains("Escalated to large after 1 failed verdicts");
    }

    @Test
    void reasoningInAFieldOfItsOwnIsTheDraftsThinking() {
        ChatModel reasoning = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.builder()
                                .text("4")
                                .thinking("two and two")
                                .build())
                        .build();
            }
        };
        Outcome outcome = Agent.builder("sums").model(reasoning).build().run("2+2");

        assertThat(outcome.best().draft().thinking()).isEqualTo("two and two");
        assertThat(outcome.answer()).contains("4");
    }
}
