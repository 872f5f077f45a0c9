package dev.cermin.dispatch;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Does at each call, counted from 1, what a test says, and remembers when it was called. A reply costs ten tokens. */
final class Fake implements ChatModel {
    private final IntFunction<String> behaviour;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    final List<Long> begun = new CopyOnWriteArrayList<>();

    Fake(IntFunction<String> behaviour) {
        this.behaviour = behaviour;
    }

    static Fake saying(String reply) {
        return new Fake(call -> reply);
    }

    static Fake failing(RuntimeException failure) {
        return new Fake(call -> {
            throw failure;
        });
    }

    /** Takes its time, and heeds interrupts as clients do. */
    static Fake slow(long millis, String reply) {
        return new Fake(call -> {
            pause(millis);
            return reply;
        });
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int calls() {
        return calls.get();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        begun.add(System.nanoTime());
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try {
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(behaviour.apply(calls.incrementAndGet())))
                    .tokenUsage(new TokenUsage(6, 4))
                    .build();
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof InterruptedException) {
                interrupted.incrementAndGet();
            }
            throw e;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    static RuntimeException broken() {
        return new InternalServerException("it is broken");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
