package dev.cermin.testing;

import static dev.cermin.testing.CerminAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.Agent;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.StopReason;
import dev.cermin.tool.Tools;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptedChatModelTest {
    @Test
    void repliesComeInTurnAndThenByFunction() {
        var model = ScriptedChatModel.saying("one", "two").otherwise(prompt -> prompt + "!");

        assertThat(List.of(model.chat("a"), model.chat("b"), model.chat("c"), model.chat("d")))
                .containsExactly("one", "two", "c!", "d!");
        assertThat(model.prompts()).containsExactly("a", "b", "c", "d");
        model.assertExhausted();
    }

    @Test
    void aRequestBehindTheEndStopsTheTestAndNotOnlyTheLoop() {
        var model = ScriptedChatModel.saying("x=1");
        Agent agent = Agent.builder("solver").model(model).verifiers("equation").build();

        assertThatThrownBy(() -> agent.run("9x-15=21"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it has 1 reply, and a request more was made")
                .hasMessageContaining("9x-15=21");
    }

    @Test
    void repliesThatNobodyAsksForAreTold() {
        var model = ScriptedChatModel.saying("one", "two").thenThrow(new IllegalStateException("overloaded"));
        model.chat("a");

        assertThatThrownBy(model::assertExhausted)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Of 3 replies, 1 were asked for")
                .hasMessageContaining("  two")
                .hasMessageContaining("overloaded");
    }

    @Test
    void itFailsAsAModelDoes() {
        var model = ScriptedChatModel.saying("x=1").thenThrow(new IllegalStateException("overloaded"));
        Outcome outcome = Agent.builder("solver")
                .model(model)
                .verifiers("equation")
                .build()
                .run("9x-15=21");

        assertThat(outcome).stoppedBy(StopReason.FAILED).hasAnswer("x=1");
        assertThat(outcome.stop().detail()).contains("overloaded");
    }

    @Test
    void itCallsToolsAndSeesWhatTheyGive() {
        var add = ToolSpecification.builder().name("add").build();
        var model = ScriptedChatModel.saying()
                .thenCalling("add", "{\"a\":2,\"b\":2}")
                .then("4");
        Outcome outcome = Agent.builder("sums")
                .model(model)
                .tools(Tools.of(add, arguments -> "4"))
                .build()
                .run("2+2");

        assertThat(outcome).hasAnswer("4").takesAtMostCalls(2);
        assertThat(model.prompts().getLast()).endsWith("add: 4");
        assertThat(model.requests().getFirst().toolSpecifications()).containsExactly(add);
    }

    @Test
    void usageIsCountedInCharactersOrStated() {
        ChatResponse stated = ChatResponse.builder()
                .aiMessage(AiMessage.from("four"))
                .tokenUsage(new TokenUsage(100, 20))
                .finishReason(FinishReason.LENGTH)
                .build();
        var model = ScriptedChatModel.saying("four")
                .thenThinking("two and two", "four")
                .then(stated);

        assertThat(usage(model)).isEqualTo(new TokenUsage(3, 4));
        assertThat(usage(model)).isEqualTo(new TokenUsage(3, 15));
        assertThat(model.chat(UserMessage.from("2+2"))).isEqualTo(stated);
    }

    private static TokenUsage usage(ScriptedChatModel model) {
        return model.chat(UserMessage.from("2+2")).tokenUsage();
    }

    @Test
    void aReplyMayBeAFunctionOfTheRequest() {
        var model = ScriptedChatModel.saying()
                .then(request -> ChatResponse.builder()
                        .aiMessage(AiMessage.from(request.messages().size() + " messages"))
                        .build());

        assertThat(model.chat("any")).isEqualTo("1 messages");
    }

    @Test
    void threadsGetEachReplyOnce() {
        String[] replies = IntStream.range(0, 200).mapToObj(String::valueOf).toArray(String[]::new);
        var model = ScriptedChatModel.saying(replies);
        var given = ConcurrentHashMap.<String>newKeySet();

        IntStream.range(0, 200).parallel().forEach(i -> given.add(model.chat("any")));

        assertThat(given).containsExactlyInAnyOrder(replies);
        assertThatCode(model::assertExhausted).doesNotThrowAnyException();
    }
}
