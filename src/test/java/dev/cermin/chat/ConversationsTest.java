package dev.cermin.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.run.Conversation;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations as OpenAI's clients send them. */
class ConversationsTest {
    @Test
    void everyKindOfMessageIsRead() {
        Conversation conversation = read("""
                {"messages": [
                  {"role": "developer", "content": "Be short"},
                  {"role": "user", "content": [{"type": "text", "text": "What is "}, {"type": "text", "text": "this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]},
                  {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                  {"role": "tool", "tool_call_id": "c1", "content": "a cat"},
                  {"role": "assistant", "content": "A cat"},
                  {"role": "user", "content": "Its colour?"}]}""");
        assertThat(conversation.messages())
                .extracting(Object::getClass)
                .isEqualTo(java.util.List.of(
                        SystemMessage.class,
                        UserMessage.class,
                        AiMessage.class,
                        ToolExecutionResultMessage.class,
                        AiMessage.class,
                        UserMessage.class));
        assertThat(((UserMessage) conversation.messages().get(1)).contents().getLast())
                .isEqualTo(ImageContent.from("iVBORw0KGgo=", "image/png"));
        assertThat(((ToolExecutionResultMessage) conversation.messages().get(3)).toolName())
                .isEqualTo("look");
        assertThat(conversation.input()).isEqualTo("Its colour?");
    }

    @Test
    void toolsAndSamplingAreRead() {
        var parameters = read("""
                {"messages": [{"role": "user", "content": "x"}], "temperature": 0.5, "max_tokens": 7, "stop": "END",
                 "tools": [{"type": "function", "function": {"name": "add", "description": "Adds",
                    "parameters": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"anyOf":
                      [{"type": "integer"}, {"type": "null"}]}}, "required": ["a"], "additionalProperties": false}}},
                   {"type": "function", "function": {"name": "now"}}],
                 "tool_choice": {"type": "function", "function": {"name": "add"}}}""").parameters();
        assertThat(parameters.temperature()).isEqualTo(0.5);
        assertThat(parameters.maxOutputTokens()).isEqualTo(7);
        assertThat(parameters.stopSequences()).containsExactly("END");
        assertThat(parameters.toolChoice()).isEqualTo(ToolChoice.REQUIRED);
        assertThat(parameters.toolSpecifications())
                .as("one that is to be called is offered alone")
                .singleElement()
                .satisfies(tool -> {
                    assertThat(tool.name()).isEqualTo("add");
                    assertThat(tool.parameters().properties()).containsOnlyKeys("a", "b");
                    assertThat(tool.parameters().required()).containsExactly("a");
                });
    }

    /** As openai-node's zodFunction, openai-python's pydantic_function_tool, and hosts without arguments have them. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false,"$schema":"http://json-schema.org/draft-07/schema#"} ~ city
            {"title":"Weather","type":"object","properties":{"city":{"title":"City","type":"string"}},"required":["city"]} ~ city
            {"$id":"w","$comment":"c","type":"object","properties":{"city":{"type":"string"}},"additionalProperties":{}}   ~ city
            {"properties":{"city":{"type":"string"}}}                          ~ city
            {"type":"object","properties":{"city":{"$ref":"#/definitions/C"}},"definitions":{"C":{"type":"string"}}} ~ city
            {"$ref":"#/definitions/W","definitions":{"W":{"type":"object","properties":{"city":{"type":"string"}}}}} ~ city
            {"$schema":"http://json-schema.org/draft-07/schema#"}              ~ ``
            {"type":"object","properties":null}                                ~ ``
            {}                                                                 ~ ``
            """)
    void toolsAreReadWhateverMadeTheirSchemas(String parameters, String argument) {
        var tool = read("""
                {"messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function", "function": {
                  "name": "weather", "strict": true, "parameters": %s}}]}""".formatted(parameters))
                .parameters()
                .toolSpecifications()
                .getFirst();
        assertThat(String.join(",", tool.parameters().properties().keySet())).isEqualTo(argument);
        assertThat(tool.toJson()).doesNotContain("#/definitions");
    }

    @Test
    void aDefinitionIsFoundByTheReferencesToIt() {
        var tool = read("""
                {"messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function", "function": {
                  "name": "f", "parameters": {"type": "object", "properties": {"all": {"type": "array",
                    "items": {"$ref": "#/definitions/One"}}}, "definitions": {"One": {"type": "object",
                    "properties": {"next": {"$ref": "#/definitions/One"}}}}}}}]}""").parameters().toolSpecifications().getFirst();
        assertThat(tool.parameters().definitions()).containsOnlyKeys("One");
        assertThat(tool.toJson()).contains("#/$defs/One").doesNotContain("#/definitions");
    }

    @Test
    void aToolWhoseArgumentsAreNoObjectIsRefused() {
        assertThatThrownBy(() -> read("""
                {"messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function", "function": {
                  "name": "f", "parameters": {"type": "string"}}}]}"""))
                .isInstanceOf(ChatFormatException.class)
                .hasMessageContaining("tool 'f'");
    }

    @Test
    void whatIsCarriedIsReadAsItWas() {
        String request = """
                {"model": "m", "stream": true, "metadata": {"secret": "s"}, "top_p": 0.9,
                 "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "x"}]}""";
        String carried = Conversations.text(Conversations.request(request.getBytes(StandardCharsets.UTF_8)));
        assertThat(carried).doesNotContain("secret").doesNotContain("stream");
        assertThat(read(carried)).isEqualTo(read(request));
    }

    @Test
    void aQuestionAloneNeedsNoConversation() {
        assertThat(Conversations.plain(read("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")))
                .isTrue();
        assertThat(Conversations.plain(
                        read("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":0}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {                                                                  ~ not JSON
            []                                                                 ~ JSON object
            {}                                                                 ~ at least one message
            {"messages": "x"}                                                  ~ 'messages'
            {"messages": [1]}                                                  ~ 'messages[0]'
            {"messages": [{"role": "user"}]}                                   ~ 'messages[0].content'
            {"messages": [{"role": "user", "content": 1}]}                     ~ 'messages[0].content'
            {"messages": [{"role": "robot", "content": "x"}]}                  ~ system, developer, user
            {"messages": [{"role": "tool", "tool_call_id": "1", "content": "x"}]} ~ 'messages[0].tool_call_id'
            {"messages": [{"role": "user", "content": [{"type": "input_audio"}]}]} ~ input_audio
            {"messages": [{"role": "user", "content": "x"}], "temperature": 3}    ~ 0 to 2
            {"messages": [{"role": "user", "content": "x"}], "top_p": "a"}        ~ 0 to 1
            {"messages": [{"role": "user", "content": "x"}], "max_tokens": 0}     ~ whole number from 1
            {"messages": [{"role": "user", "content": "x"}], "stop": [1]}         ~ 'stop'
            {"messages": [{"role": "user", "content": "x"}], "tools": [{"type": "custom"}]} ~ 'custom'
            {"messages": [{"role": "user", "content": "x"}], "tool_choice": {"type": "function", "function": {"name": "f"}}} ~ no tool 'f'
            """)
    void whatIsNoConversationIsRefusedByItsPlace(String request, String said) {
        assertThatThrownBy(() -> read(request))
                .isInstanceOf(ChatFormatException.class)
                .hasMessageContaining(said);
    }

    private static Conversation read(String json) {
        return Conversations.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
