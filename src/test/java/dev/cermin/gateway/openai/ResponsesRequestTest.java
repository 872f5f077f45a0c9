package dev.cermin.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.chat.Conversations;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A client sends an earlier answer back as items; a model is to read it as the one message that it was. */
class ResponsesRequestTest {
    @Test
    void textAndCallsOfOneAnswerAreOneMessage() {
        var messages = Conversations.read(
                        ResponsesRequest.chat(Conversations.request("""
                        {"model": "m", "input": [
                          {"role": "user", "content": "The weather in Ipoh and Kuching?"},
                          {"type": "message", "role": "assistant", "content": [
                            {"type": "output_text", "text": "I look it up"}]},
                          {"type": "function_call", "call_id": "1", "name": "weather", "arguments": "{}"},
                          {"type": "function_call", "call_id": "2", "name": "weather", "arguments": "{}"},
                          {"type": "function_call_output", "call_id": "1", "output": "33"},
                          {"type": "function_call_output", "call_id": "2", "output": "31"},
                          {"type": "function_call", "call_id": "3", "name": "weather", "arguments": "{}"},
                          {"type": "function_call_output", "call_id": "3", "output": "32"}]}""".getBytes(StandardCharsets.UTF_8))))
                .messages();
        assertThat(messages)
                .extracting(each -> each.type())
                .containsExactly(
                        ChatMessageType.USER,
                        ChatMessageType.AI,
                        ChatMessageType.TOOL_EXECUTION_RESULT,
                        ChatMessageType.TOOL_EXECUTION_RESULT,
                        ChatMessageType.AI,
                        ChatMessageType.TOOL_EXECUTION_RESULT);
        AiMessage first = (AiMessage) messages.get(1);
        assertThat(first.text()).isEqualTo("I look it up");
        assertThat(first.toolExecutionRequests()).extracting(each -> each.id()).containsExactly("1", "2");
    }
}
