package dev.cermin.run;

import dev.langchain4j.model.chat.response.ChatResponse;

/** In a {@link Conversation} the model asked for tools, which are the application's to call: no draft yet, and no fault. */
public final class HandBackException extends RuntimeException {
    private final transient ChatResponse response;

    HandBackException(ChatResponse response) {
        super("The model asks for tools of the application", null, false, false);
        this.response = response;
    }

    public ChatResponse response() {
        return response;
    }
}
