package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cermin.agent.AnswerFormat;
import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.StopReason;
import dev.cermin.policy.Acceptance;
import dev.cermin.policy.Budget;
import dev.cermin.policy.Escalation;
import dev.cermin.policy.Schedule;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReflectingChatModelTest {
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

    // --- as a model

    @Test
    void itAnswersAsAModelDoes() {
        assertThat(sums(Speaker.saying("5", "4")).build().asChatModel().chat("2+2"))
                .isEqualTo("4");
    }

    @Test
    void capabilitiesAndProviderAreTheGenerators() {
        ChatModel generator = new Speaker(request -> AiMessage.from("4")) {
            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }

            @Override
            public ModelProvider provider() {
                return ModelProvider.OPEN_AI;
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return ChatRequestParameters.builder().modelName("small-1").build();
            }
        };
        ChatModel model = sums(generator).build().asChatModel();

        assertThat(model.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(model.provider()).isEqualTo(ModelProvider.OPEN_AI);
        ChatResponse response = model.chat(UserMessage.from("2+2"));
        assertThat(response.modelName()).isEqualTo("small-1");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void theOutcomeOutlastsACopyOfTheMetadata() {
        ChatResponse response =
                ask(sums(Speaker.saying("4")), ChatRequestParameters.builder().build());

        var copy =
                response.metadata().toBuilder().tokenUsage(new TokenUsage(1, 1)).build();

        assertThat(copy).isInstanceOf(ReflectedResponseMetadata.class).isNotEqualTo(response.metadata());
        assertThat(((ReflectedResponseMetadata) copy).outcome()).isEqualTo(outcome(response));
        assertThat(response.metadata().toBuilder().build()).isEqualTo(response.metadata());
        assertThat(copy.id()).isEqualTo(outcome(response).taskId().toString());
        assertThat(copy.toString()).contains("sums", "ACCEPTED");
    }

    private static Outcome outcome(ChatResponse response) {
        return ((ReflectedResponseMetadata) response.metadata()).outcome();
    }

    // --- parameters

    @Test
    void parametersOfTheRequestReachEveryDraft() {
        var model = Speaker.saying("5", "4");

        ask(
                sums(model),
                ChatRequestParameters.builder()
                        .modelName("large-2")
                        .temperature(0.3)
                        .topP(0.8)
                        .topK(40)
                        .frequencyPenalty(0.1)
                        .presencePenalty(0.2)
                        .maxOutputTokens(77)
                        .stopSequences("END")
                        .responseFormat(ResponseFormat.JSON)
                        .build());

        assertThat(model.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.modelName()).isEqualTo("large-2");
            assertThat(request.temperature()).isEqualTo(0.3);
            assertThat(request.topP()).isEqualTo(0.8);
            assertThat(request.topK()).isEqualTo(40);
            assertThat(request.frequencyPenalty()).isEqualTo(0.1);
            assertThat(request.presencePenalty()).isEqualTo(0.2);
            assertThat(request.maxOutputTokens()).isEqualTo(77);
            assertThat(request.stopSequences()).containsExactly("END");
            assertThat(request.responseFormat()).isEqualTo(ResponseFormat.JSON);
        });
    }

    @Test
    void aProvidersOwnParametersReachTheModel() {
        var model = new Speaker(request -> AiMessage.from("4")) {
            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return OpenAiChatRequestParameters.builder().store(true).build();
            }
        };

        ask(sums(model), OpenAiChatRequestParameters.builder().user("ada").build());

        assertThat(model.last().parameters()).isInstanceOfSatisfying(OpenAiChatRequestParameters.class, sent -> {
            assertThat(sent.user()).isEqualTo("ada");
            assertThat(sent.store()).as("its own default").isTrue();
        });
    }

    @Test
    void theRequestGoesBeforeTheAgentsSamplingAndThePolicyBeforeTheRequest() {
        var model = Speaker.saying("5", "4");
        Sampling own = new Sampling(0.9, 0.7, 500);

        ask(
                sums(model).sampling(own),
                ChatRequestParameters.builder().temperature(0.1).build());

        assertThat(model.last().temperature()).isEqualTo(0.1);
        assertThat(model.last().topP()).isEqualTo(0.7);
        assertThat(model.last().maxOutputTokens()).isEqualTo(500);

        var limited = Speaker.saying("5", "4");
        ask(
                sums(limited).sampling(own).policy(Schedule.ofTemperatures(0.0, 1.0), Budget.ofTokens(200)),
                ChatRequestParameters.builder()
                        .temperature(0.1)
                        .maxOutputTokens(1000)
                        .build());

        assertThat(limited.requests()).extracting(ChatRequest::temperature).containsExactly(0.0, 1.0);
        assertThat(limited.requests())
                .allSatisfy(request -> assertThat(request.maxOutputTokens()).isLessThanOrEqualTo(200));
    }

    @Test
    void aModelsNameIsNotForAnotherModel() {
        var small = Speaker.saying("5");
        var large = Speaker.saying("4");

        ask(
                sums(small).model("large", large).policy(Escalation.to("large")),
                ChatRequestParameters.builder()
                        .modelName("small-1")
                        .temperature(0.3)
                        .build());

        assertThat(small.last().modelName()).isEqualTo("small-1");
        assertThat(large.last().modelName()).isNull();
        assertThat(large.last().temperature()).isEqualTo(0.3);
    }

    // --- what is asked

    @Test
    void theAgentsPromptIsAroundTheConversation() {
        var model = Speaker.saying("5", "4");
        AgentBuilder agent = sums(model)
                .prompt(Role.GENERATE, new Prompt("p@1", "You add.", "Sum up: {{input}}"))
                .prompt(Role.CORRECT, new Prompt("c@1", "You mend.", "Mend {{draft}}: {{checks}}"));
        SystemMessage theirs = SystemMessage.from("Be brief.");
        AiMessage greeting = AiMessage.from("hello");

        agent.build().asChatModel().chat(List.of(theirs, UserMessage.from("hi"), greeting, UserMessage.from("2+2")));

        assertThat(model.requests().getFirst().messages())
                .containsExactly(
                        SystemMessage.from("You add.\n\nBe brief."),
                        UserMessage.from("hi"),
                        greeting,
                        UserMessage.from("Sum up: 2+2"));
        assertThat(model.last().messages())
                .containsExactly(
                        SystemMessage.from("You mend.\n\nBe brief."),
                        UserMessage.from("hi"),
                        greeting,
                        UserMessage.from("2+2"),
                        AiMessage.from("5"),
                        UserMessage.from("Mend 5: it is not 4"));
    }

    @Test
    void criticsSeeTheWholeConversationAndVerifiersTheTask() {
        var judge = Speaker.saying(Judges.ACCEPT);
        List<String> inputs = new ArrayList<>();
        AgentBuilder agent = Agent.builder("sums")
                .model(Speaker.saying("rain"))
                .model("judge", judge)
                .critic(Judges.critic("ear", "judge"))
                .verifier(Verifier.of("inputs", answer -> {
                    inputs.add(answer.input());
                    return Check.pass("inputs", "seen");
                }))
                .policy(Acceptance.DEFAULT.always());
        ToolExecutionRequest call = Speaker.call("weather", "{}");

        agent.build()
                .asChatModel()
                .chat(
                        SystemMessage.from("Be brief."),
                        UserMessage.from("how is Ipoh?"),
                        AiMessage.from(call),
                        ToolExecutionResultMessage.from(call, "rain all day"));

        assertThat(inputs).containsExactly("how is Ipoh?");
        assertThat(Speaker.asked(judge.last()))
                .startsWith("REFLECT on rain for [system]\nBe brief.\n[user]\nhow is Ipoh?\n[ai]\n")
                .endsWith("weather: rain all day");
    }

    @Test
    void taggedAnswersAreAskedForAndReadFromAConversation() {
        var model = Speaker.saying("<thinking>two pairs</thinking><output>4</output>");

        ChatResponse response = ask(
                sums(model).answers(AnswerFormat.TAGGED),
                ChatRequestParameters.builder().build());

        assertThat(response.aiMessage().text()).isEqualTo("4");
        assertThat(response.aiMessage().thinking()).isEqualTo("two pairs");
        assertThat(outcome(response).answer()).contains("4");
        assertThat(((SystemMessage) model.last().messages().getFirst()).text()).contains("<output>");
    }

    @Test
    void aTextWithoutTagsIsTheAnswerAsAWhole() {
        ChatResponse response = ask(
                sums(Speaker.saying("4")).answers(AnswerFormat.TAGGED),
                ChatRequestParameters.builder().build());

        assertThat(response.aiMessage().text()).isEqualTo("4");
        assertThat(response.aiMessage().thinking()).isNull();
    }

    @Test
    void imagesStayWhereTheyAre() {
        var model = Speaker.saying("4");
        ImageContent image = ImageContent.from("https://example.org/sum.png");
        AgentBuilder agent = Agent.builder("sums")
                .model(model)
                .prompt(Role.GENERATE, new Prompt("p@1", null, "Sum up: {{input}}"))
                .critic(Judges.critic("ear", "judge"))
                .model("judge", Speaker.saying(Judges.ACCEPT));

        agent.build().asChatModel().chat(UserMessage.from(TextContent.from("this:"), image));

        assertThat(model.last().messages())
                .containsExactly(UserMessage.from(TextContent.from("Sum up: this:\n(image)"), image));
    }

    @Test
    void aConversationWithoutAUserIsAnsweredToo() {
        var model = Speaker.saying("4");
        List<ChatMessage> messages = List.of(SystemMessage.from("Say four."));
        var judge = Speaker.saying(Judges.ACCEPT);
        AgentBuilder agent =
                Agent.builder("sums").model(model).model("judge", judge).critic(Judges.critic("ear", "judge"));

        ChatResponse response = agent.build().asChatModel().chat(messages);

        assertThat(response.aiMessage().text()).isEqualTo("4");
        assertThat(model.last().messages()).isEqualTo(messages);
        assertThat(Speaker.asked(judge.last())).isEqualTo("REFLECT on 4 for Say four.");
    }

    @Test
    void anEmptyConversationIsLangChain4jsToRefuse() {
        ChatModel model = sums(Speaker.saying("4")).build().asChatModel();

        assertThatThrownBy(() -> model.chat(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("messages");
    }

    @Test
    void anInterruptedThreadGetsTheBestDraftAndStaysInterrupted() {
        var model = new Speaker(request -> {
            Thread.currentThread().interrupt();
            return AiMessage.from("5");
        });
        ChatModel reflecting = sums(model).build().asChatModel();

        ChatResponse response = reflecting.chat(UserMessage.from("2+2"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(response.aiMessage().text()).isEqualTo("5");
        assertThat(outcome(response).stop().reason()).isEqualTo(StopReason.CANCELLED);
        Thread.currentThread().interrupt();
        NoDraftException none = catchThrowableOfType(NoDraftException.class, () -> reflecting.chat("2+2"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(none.outcome().stop().reason()).isEqualTo(StopReason.CANCELLED);
    }
}
