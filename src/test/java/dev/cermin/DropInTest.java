package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.loop.Outcome;
import dev.cermin.loop.Role;
import dev.cermin.loop.StopReason;
import dev.cermin.testing.ScriptedChatModel;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageType;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An agent in a model's place, under LangChain4j's own services. */
class DropInTest {
    record Person(String name, int age) {}

    interface Registrar {
        Person extract(String text);
    }

    interface Chat {
        @SystemMessage("You answer in one word.")
        Result<String> chat(String text);
    }

    private static final Verifier SHOUT = Verifier.of(
            "shout",
            answer -> answer.output().equals(answer.output().toUpperCase(Locale.ROOT))
                    ? Check.pass("shout", "it is loud")
                    : Check.fail("shout", "it is not in capitals"));

    private static final Verifier BORN = Verifier.of(
            "born",
            answer -> answer.output().contains("-")
                    ? Check.fail("born", "an age is 0 or more")
                    : Check.pass("born", "the age is possible"));

    private static Agent shouting(ChatModel model) {
        return Agent.builder("shout").model(model).verifier(SHOUT).build();
    }

    private static Outcome outcome(Result<?> result) {
        return ((ReflectedResponseMetadata) result.finalResponse().metadata()).outcome();
    }

    // --- records

    @Test
    void aServiceGetsARecordThatWasCorrected() {
        var model = ScriptedChatModel.saying("{\"name\": \"Ada\", \"age\": -3}", "{\"name\": \"Ada\", \"age\": 36}");
        Agent agent = Agent.builder("registrar").model(model).verifier(BORN).build();

        Person ada = AiServices.create(Registrar.class, agent.asChatModel()).extract("Ada is 36");

        assertThat(ada).isEqualTo(new Person("Ada", 36));
        assertThat(model.prompts().getFirst()).contains("Ada is 36", "You must answer strictly in the following JSON");
        assertThat(model.prompts().getLast()).contains("an age is 0 or more");
    }

    @Test
    void aSchemaIsPassedOnWhereTheModelCanBeHeldToIt() {
        var ages = List.of(-36, 36).iterator();
        var model = new Speaker(request -> AiMessage.from("{\"name\": \"Ada\", \"age\": " + ages.next() + "}")) {
            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }
        };
        Agent agent = Agent.builder("registrar").model(model).verifier(BORN).build();

        Person ada = AiServices.create(Registrar.class, agent.asChatModel()).extract("Ada is 36");

        assertThat(ada.age()).isEqualTo(36);
        assertThat(model.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
            assertThat(request.responseFormat().jsonSchema().name()).isEqualTo("Person");
        });
    }

    // --- what a service gets to know

    @Test
    void theOutcomeIsInTheResponsesMetadata() {
        Chat chat = AiServices.create(
                Chat.class, shouting(Speaker.saying("hello", "HELLO")).asChatModel());

        Result<String> result = chat.chat("greet me");

        assertThat(result.content()).isEqualTo("HELLO");
        assertThat(outcome(result).accepted()).isTrue();
        assertThat(outcome(result).attempts()).hasSize(2);
        assertThat(result.tokenUsage()).as("of the whole loop").isEqualTo(new TokenUsage(20, 4));
        assertThat(outcome(result).usageByRole()).containsOnlyKeys(Role.GENERATE, Role.CORRECT);
    }

    @Test
    void theSystemMessageAndTheConversationReachTheGenerator() {
        var model = Speaker.saying("hello", "HELLO");

        AiServices.create(Chat.class, shouting(model).asChatModel()).chat("greet me");

        assertThat(model.requests().getFirst().messages())
                .containsExactly(
                        dev.langchain4j.data.message.SystemMessage.from("You answer in one word."),
                        UserMessage.from("greet me"));
        assertThat(model.last().messages())
                .extracting(ChatMessage::type)
                .containsExactly(
                        ChatMessageType.SYSTEM, ChatMessageType.USER, ChatMessageType.AI, ChatMessageType.USER);
        assertThat(Speaker.asked(model.last())).contains("greet me", "hello", "it is not in capitals");
    }

    @Test
    void withoutAnyDraftTheServiceThrows() {
        var broken = new ScriptedChatModel(prompt -> {
            throw new IllegalStateException("503");
        });
        Chat chat = AiServices.create(Chat.class, shouting(broken).asChatModel());

        assertThatThrownBy(() -> chat.chat("greet me"))
                .isInstanceOf(NoDraftException.class)
                .hasMessageContaining("503");
    }

    // --- tools of the service

    static final class Weather {
        private int calls;

        @Tool("Tells the weather")
        String weather(String city) {
            calls++;
            return "rain in " + city;
        }
    }

    @Test
    void aServicesToolsAreTheServicesToCall() {
        var model = Speaker.saying(Speaker.call("weather", "{\"city\": \"Ipoh\"}"), "it rains", "IT RAINS");
        Weather weather = new Weather();
        Chat chat = AiServices.builder(Chat.class)
                .chatModel(shouting(model).asChatModel())
                .tools(weather)
                .build();

        Result<String> result = chat.chat("how is Ipoh?");

        assertThat(result.content()).isEqualTo("IT RAINS");
        assertThat(weather.calls).isEqualTo(1);
        assertThat(result.toolExecutions()).hasSize(1);
        assertThat(result.toolExecutions().getFirst().result()).isEqualTo("rain in Ipoh");
        assertThat(outcome(result).attempts())
                .as("the text after the tool is reflected on")
                .hasSize(2);
        assertThat(result.tokenUsage()).as("with the call before the tool").isEqualTo(new TokenUsage(30, 6));
        assertThat(model.requests())
                .extracting(request -> request.parameters().toolChoice())
                .as("corrections don't offer tools")
                .containsExactly(null, null, ToolChoice.NONE);
        assertThat(model.last().messages())
                .extracting(ChatMessage::type)
                .contains(ChatMessageType.TOOL_EXECUTION_RESULT);
    }

    @Test
    void aCorrectionThatAsksForAToolAllTheSameIsToldThatThereIsNone() {
        var model = Speaker.saying("it rains", Speaker.call("weather", "{}"), "IT RAINS");
        Weather weather = new Weather();
        Chat chat = AiServices.builder(Chat.class)
                .chatModel(shouting(model).asChatModel())
                .tools(weather)
                .build();

        Result<String> result = chat.chat("how is Ipoh?");

        assertThat(result.content()).isEqualTo("IT RAINS");
        assertThat(weather.calls).isZero();
        assertThat(model.last().messages().getLast().toString())
                .contains("There is no tool 'weather', nor any other; answer without");
    }

    // --- memory, RAG, agentic

    @Test
    void onlyTheAnswerEntersTheMemory() {
        var memory = MessageWindowChatMemory.withMaxMessages(10);
        var model = Speaker.saying("hello", "HELLO", "BYE");
        Chat chat = AiServices.builder(Chat.class)
                .chatModel(shouting(model).asChatModel())
                .chatMemory(memory)
                .build();

        chat.chat("greet me");
        chat.chat("and leave");

        assertThat(memory.messages())
                .containsExactly(
                        dev.langchain4j.data.message.SystemMessage.from("You answer in one word."),
                        UserMessage.from("greet me"),
                        AiMessage.from("HELLO"),
                        UserMessage.from("and leave"),
                        AiMessage.from("BYE"));
        assertThat(model.last().messages())
                .as("the second draft sees the first answer")
                .hasSize(4);
    }

    @Test
    void whatIsRetrievedReachesGeneratorVerifiersAndCritics() {
        var model = Speaker.saying("HELLO", Judges.ACCEPT);
        Agent agent = Agent.builder("shout")
                .model(model)
                .critic(Judges.critic("ear", "model"))
                .build();
        Chat chat = AiServices.builder(Chat.class)
                .chatModel(agent.asChatModel())
                .contentRetriever(query -> List.of(Content.from("Greetings are loud here.")))
                .build();

        Result<String> result = chat.chat("greet me");

        assertThat(Speaker.asked(model.requests().getFirst())).contains("greet me", "Greetings are loud here.");
        assertThat(Speaker.asked(model.last())).contains("REFLECT on HELLO", "greet me", "Greetings are loud here.");
        assertThat(result.sources()).hasSize(1);
        assertThat(outcome(result).accepted()).isTrue();
    }

    public interface Writer {
        @dev.langchain4j.service.UserMessage("Write about {{topic}}")
        @dev.langchain4j.agentic.Agent(outputKey = "story")
        String write(@V("topic") String topic);
    }

    public interface Editor {
        @dev.langchain4j.service.UserMessage("Edit: {{story}}")
        @dev.langchain4j.agentic.Agent(outputKey = "story")
        String edit(@V("story") String story);
    }

    @Test
    void agentsTakePartInAnAgenticSequence() {
        ChatModel writing = shouting(Speaker.saying("a story", "A STORY")).asChatModel();
        var editing = Speaker.saying("A GOOD STORY");
        UntypedAgent sequence = AgenticServices.sequenceBuilder()
                .subAgents(
                        AgenticServices.agentBuilder(Writer.class)
                                .chatModel(writing)
                                .build(),
                        AgenticServices.agentBuilder(Editor.class)
                                .chatModel(shouting(editing).asChatModel())
                                .build())
                .outputKey("story")
                .build();

        Object story = sequence.invoke(Map.of("topic", "mirrors"));

        assertThat(story).isEqualTo("A GOOD STORY");
        assertThat(Speaker.asked(editing.last())).isEqualTo("Edit: A STORY");
    }

    @Test
    void aStopThatIsNoAcceptanceIsToldToo() {
        Chat chat = AiServices.create(
                Chat.class, shouting(Speaker.saying("a", "b", "c")).asChatModel());

        Result<String> result = chat.chat("greet me");

        assertThat(result.content()).isEqualTo("a");
        assertThat(outcome(result).stop().reason()).isIn(StopReason.ROUNDS, StopReason.NO_PROGRESS);
    }
}
