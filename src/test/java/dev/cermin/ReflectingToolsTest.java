package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.policy.Start;
import dev.cermin.tool.Tools;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tools of the caller and of the agent where the agent is in a model's place. */
class ReflectingToolsTest {
    private static final ToolSpecification WEATHER =
            ToolSpecification.builder().name("weather").build();
    private static final ToolSpecification CLOCK =
            ToolSpecification.builder().name("clock").build();

    private static AgentBuilder sums(ChatModel model) {
        return Agent.builder("sums").model(model).verifier(Judges.answer("4"));
    }

    private static ChatResponse ask(AgentBuilder agent, ChatRequestParameters parameters) {
        return agent.build()
                .asChatModel()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("2+2"))
                        .parameters(parameters)
                        .build());
    }

    @Test
    void toolsOfTheRequestAreHandedBack() {
        ToolExecutionRequest wanted = Speaker.call("weather", "{}");
        var model = Speaker.saying(wanted);

        ChatResponse response = ask(
                sums(model),
                ChatRequestParameters.builder()
                        .toolSpecifications(WEATHER)
                        .toolChoice(ToolChoice.REQUIRED)
                        .build());

        assertThat(response.aiMessage().toolExecutionRequests()).containsExactly(wanted);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(10, 2));
        assertThat(model.last().toolSpecifications()).containsExactly(WEATHER);
        assertThat(model.last().toolChoice()).isEqualTo(ToolChoice.REQUIRED);
    }

    @Test
    void aFurtherSampleDoesNotAskForTheCallersTools() {
        var model = Speaker.saying("5", "4");

        ask(
                sums(model).policy(Start.bestOf(2)),
                ChatRequestParameters.builder().toolSpecifications(WEATHER).build());

        assertThat(model.requests())
                .extracting(ChatRequest::toolChoice)
                .as("what was drawn already would be lost")
                .containsExactly(null, ToolChoice.NONE);
    }

    @Test
    void theAgentsToolsAreOfferedBesideTheCallersAndCalledByTheAgent() {
        var model = Speaker.saying(Speaker.call("clock", "{}"), "5", Speaker.call("clock", "{}"), "it is four");
        AgentBuilder agent = Agent.builder("sums")
                .model(model)
                .verifier(Judges.answer("it is four"))
                .tools(Tools.of(CLOCK, arguments -> "16:00"));

        ChatResponse response = ask(
                agent,
                ChatRequestParameters.builder().toolSpecifications(WEATHER).build());

        assertThat(response.aiMessage().text()).isEqualTo("it is four");
        assertThat(model.requests().getFirst().toolSpecifications()).containsExactly(CLOCK, WEATHER);
        assertThat(model.last().toolSpecifications())
                .as("a correction has the agent's alone")
                .containsExactly(CLOCK);
        assertThat(model.last().toolChoice()).isEqualTo(ToolChoice.AUTO);
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(40, 8));
    }

    @Test
    void ofMixedToolCallsTheCallersAreHandedBack() {
        ToolExecutionRequest theirs = Speaker.call("weather", "{}");
        ToolExecutionRequest ours = Speaker.call("clock", "{}");
        var replies = List.of(AiMessage.from(ours), AiMessage.from("one moment", List.of(ours, theirs)))
                .iterator();
        AgentBuilder agent = Agent.builder("sums")
                .model(new Speaker(request -> replies.next()))
                .tools(Tools.of(CLOCK, arguments -> "16:00"));

        ChatResponse response = ask(
                agent,
                ChatRequestParameters.builder().toolSpecifications(WEATHER).build());

        assertThat(response.aiMessage().toolExecutionRequests()).containsExactly(theirs);
        assertThat(response.aiMessage().text()).isEqualTo("one moment");
        assertThat(response.tokenUsage()).as("with the turn before").isEqualTo(new TokenUsage(20, 4));
    }

    @Test
    void aToolOfBothIsRefused() {
        AgentBuilder agent =
                Agent.builder("sums").model(Speaker.saying("4")).tools(Tools.of(CLOCK, arguments -> "16:00"));

        assertThatThrownBy(() -> ask(
                        agent,
                        ChatRequestParameters.builder()
                                .toolSpecifications(CLOCK)
                                .build()))
                .isInstanceOf(NoDraftException.class)
                .hasMessageContaining("Tool 'clock' is the agent's and the application's; rename one");
    }
}
