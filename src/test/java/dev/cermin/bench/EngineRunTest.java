package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineRunTest {
    @Test
    void aLoopThatFailsHalfWayIsNoMeasurement() {
        AtomicInteger calls = new AtomicInteger();
        ChatModel failing = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                if (calls.incrementAndGet() > 1) {
                    throw new InvalidRequestException("the card fell off");
                }
                return ChatResponse.builder().aiMessage(AiMessage.from("x=1")).build();
            }
        };

        assertThatThrownBy(() -> new EngineRun(failing, failing, 0).run(List.of(1), 4, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("9x-15=21", "the card fell off");
    }

    @Test
    void theEngineIsAskedForWhatItCanDo() {
        ChatModel able = new ChatModel() {
            @Override
            public Set<Capability> supportedCapabilities() {
                return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
            }
        };

        assertThat(new EngineRun(able, able, 0).counting(able, null).supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
