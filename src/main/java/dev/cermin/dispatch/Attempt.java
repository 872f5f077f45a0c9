package dev.cermin.dispatch;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;

/** Leave to make one call of one replica; given back when the call ends, whoever makes it. */
final class Attempt {
    private final Replica replica;
    private final Breaker.Turn turn;
    private final Limiter.Permit permit;

    Attempt(Replica replica, Breaker.Turn turn, Limiter.Permit permit) {
        this.replica = replica;
        this.turn = turn;
        this.permit = permit;
    }

    Replica replica() {
        return replica;
    }

    ChatResponse run(ChatRequest request, Deadline deadline) {
        try {
            ChatResponse response = replica.call(turn, request, deadline);
            permit.used(tokens(response));
            return response;
        } finally {
            giveBack();
        }
    }

    /** The call is not made after all. */
    void giveBack() {
        permit.close();
        turn.close();
    }

    private static long tokens(ChatResponse response) {
        TokenUsage usage = response == null ? null : response.tokenUsage();
        return usage == null ? 0 : orZero(usage.inputTokenCount()) + orZero(usage.outputTokenCount());
    }

    private static long orZero(Integer count) {
        return count == null ? 0 : count;
    }
}
