package dev.cermin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.loop.Outcome;
import dev.cermin.policy.Rounds;
import dev.cermin.testing.ScriptedChatModel;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReflectingStreamingChatModelTest {
    private static final String LONG = "a word and another, two  spaces and a\nline. ".repeat(20);

    /** Keeps every signal in order. */
    private static class Handler implements StreamingChatResponseHandler {
        final LinkedBlockingQueue<Object> signals = new LinkedBlockingQueue<>();

        @Override
        public void onPartialResponse(String piece) {
            signals.add(piece);
        }

        @Override
        public void onPartialThinking(PartialThinking thinking) {
            signals.add(thinking);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            signals.add(call);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            signals.add(response);
        }

        @Override
        public void onError(Throwable error) {
            signals.add(error);
        }

        Object next() throws InterruptedException {
            Object signal = signals.poll(20, TimeUnit.SECONDS);
            assertThat(signal).as("a signal").isNotNull();
            return signal;
        }

        /** Everything up to the response. */
        Streamed streamed() throws InterruptedException {
            StringBuilder thinking = new StringBuilder();
            StringBuilder answer = new StringBuilder();
            int pieces = 0;
            Object signal = next();
            while (!(signal instanceof ChatResponse)) {
                if (signal instanceof PartialThinking thought) {
                    assertThat(answer).as("thinking comes first").isEmpty();
                    thinking.append(thought.text());
                } else {
                    answer.append((String) signal);
                    pieces++;
                }
                signal = next();
            }
            return new Streamed(thinking.toString(), answer.toString(), pieces, (ChatResponse) signal);
        }
    }

    private record Streamed(String thinking, String answer, int pieces, ChatResponse response) {}

    private static StreamingChatModel model(ChatModel generator, String right) {
        return Agent.builder("sums")
                .model(generator)
                .verifier(Judges.answer(right))
                .build()
                .asStreamingChatModel();
    }

    @Test
    void thinkingThenTheAnswerInPiecesThenTheResponse() throws Exception {
        Handler handler = new Handler();

        model(Speaker.saying("5", LONG.strip()), LONG.strip()).chat("2+2", handler);

        Streamed streamed = handler.streamed();
        assertThat(streamed.thinking()).contains("Draft 0: 5", "answer: it is not", "Draft 1: a word");
        assertThat(streamed.answer()).isEqualTo(LONG.strip());
        assertThat(streamed.pieces()).isGreaterThan(5);
        assertThat(streamed.response().aiMessage().text()).isEqualTo(LONG.strip());
        Outcome outcome = ((ReflectedResponseMetadata) streamed.response().metadata()).outcome();
        assertThat(outcome.attempts()).hasSize(2);
        assertThat(streamed.response().tokenUsage()).isEqualTo(new TokenUsage(20, 4));
        assertThat(handler.signals.poll(100, TimeUnit.MILLISECONDS))
                .as("the end")
                .isNull();
    }

    @Test
    void capabilitiesAndProviderAreTheGenerators() {
        StreamingChatModel streaming = model(
                new Speaker(request -> AiMessage.from("4")) {
                    @Override
                    public Set<Capability> supportedCapabilities() {
                        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
                    }

                    @Override
                    public ModelProvider provider() {
                        return ModelProvider.OLLAMA;
                    }
                },
                "4");

        assertThat(streaming.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(streaming.provider()).isEqualTo(ModelProvider.OLLAMA);
    }

    @Test
    void errorsGoToTheHandlerOnce() throws Exception {
        Handler handler = new Handler();

        model(Speaker.saying(), "4").chat("2+2", handler);

        assertThat(handler.next()).isInstanceOf(NoDraftException.class);
        assertThat(handler.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aHandlerThatThrowsHearsOfItAndNothingElse() throws Exception {
        var generator = Speaker.saying("5", "6", "7");
        Handler handler = new Handler() {
            @Override
            public void onPartialThinking(PartialThinking thinking) {
                throw new IllegalStateException("a defect of the handler");
            }
        };

        model(generator, "4").chat("2+2", handler);

        assertThat(handler.next()).isInstanceOf(IllegalStateException.class);
        assertThat(handler.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
        assertThat(generator.requests()).as("nothing more is spent").hasSize(1);
    }

    @Test
    void toolCallsArePassedOn() throws Exception {
        ToolExecutionRequest wanted = Speaker.call("weather", "{}");
        Handler handler = new Handler();

        model(new Speaker(request -> AiMessage.from("let me see", List.of(wanted))), "4")
                .chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("how is Ipoh?"))
                                .toolSpecifications(ToolSpecification.builder()
                                        .name("weather")
                                        .build())
                                .build(),
                        handler);

        assertThat(handler.next()).isEqualTo("let me see");
        assertThat(handler.next()).isEqualTo(new CompleteToolCall(0, wanted));
        assertThat(((ChatResponse) handler.next()).aiMessage().toolExecutionRequests())
                .containsExactly(wanted);
    }

    // --- cancel

    @Test
    void aReaderThatCancelsEndsTheModelCallAndHearsNothingMore() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<StreamingHandle> handle = new CompletableFuture<>();
        var drafts = List.of("5").iterator();
        ChatModel generator = new ScriptedChatModel(prompt -> {
            if (drafts.hasNext()) {
                return drafts.next();
            }
            calling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            throw new IllegalStateException("interrupted");
        });
        Handler handler = new Handler() {
            @Override
            public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
                handle.complete(context.streamingHandle());
            }
        };
        model(generator, "4").chat("2+2", handler);
        calling.await();
        assertThat(handle.join().isCancelled()).isFalse();

        handle.join().cancel();

        assertThat(handle.join().isCancelled()).isTrue();
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(handler.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aReaderThatCancelsInTheAnswerHearsNothingMore() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        Handler handler = new Handler() {
            @Override
            public void onPartialThinking(PartialThinking thinking) {}

            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                signals.add(piece.text());
                context.streamingHandle().cancel();
                cancelled.countDown();
            }
        };

        model(Speaker.saying(LONG), LONG.strip()).chat("2+2", handler);

        cancelled.await();
        assertThat(LONG).startsWith((String) handler.next());
        assertThat(handler.signals.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    // --- under a service

    interface Chat {
        TokenStream chat(String text);
    }

    static final class Weather {
        @Tool
        String weather(String city) {
            return "rain in " + city;
        }
    }

    @Test
    void itStreamsUnderAService() throws Exception {
        var generator = Speaker.saying(Speaker.call("weather", "{\"city\": \"Ipoh\"}"), "it rains", "IT RAINS");
        var memory = MessageWindowChatMemory.withMaxMessages(10);
        Chat chat = AiServices.builder(Chat.class)
                .streamingChatModel(Agent.builder("weather")
                        .model(generator)
                        .verifier(Judges.answer("IT RAINS"))
                        .policy(Rounds.of(1))
                        .build()
                        .asStreamingChatModel())
                .tools(new Weather())
                .chatMemory(memory)
                .build();
        StringBuilder thinking = new StringBuilder();
        StringBuilder answer = new StringBuilder();
        CompletableFuture<String> tool = new CompletableFuture<>();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        chat.chat("how is Ipoh?")
                .onPartialThinking(thought -> thinking.append(thought.text()))
                .onPartialResponse(answer::append)
                .onToolExecuted(execution -> tool.complete(execution.result()))
                .onCompleteResponse(end::complete)
                .onError(end::completeExceptionally)
                .start();

        ChatResponse response = end.get(20, TimeUnit.SECONDS);
        assertThat(tool.getNow("")).isEqualTo("rain in Ipoh");
        assertThat(thinking.toString()).contains("Draft 0: it rains", "Draft 1: IT RAINS");
        assertThat(answer.toString()).isEqualTo("IT RAINS");
        assertThat(((ReflectedResponseMetadata) response.metadata()).outcome().accepted())
                .isTrue();
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(30, 6));
        assertThat(memory.messages()).hasSize(4).last().isEqualTo(AiMessage.from("IT RAINS"));
    }
}
