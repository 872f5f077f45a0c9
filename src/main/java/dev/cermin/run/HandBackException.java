package dev.cermin.run;

import dev.langchain4j.model.chat.response.ChatResponse;

/** In a {@link Conversation} the model asked for tools, which are the application's to call: no draft yet, and no fault. */
public final class HandBackException extends RuntimeException {
    private final transient ChatResponse response;
    private final transient Call call;

    HandBackException(ChatResponse response, Call call) {
        super("The model asks for tools of the application", null, false, false);
        this.response = response;
        this.call = call;
    }

    public ChatResponse response() {
        return response;
    }

    /** What the model was asked, and what that took. */
    public Call call() {
        return call;
    }
}
