package dev.cermin.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is put to a {@link DispatchingChatModel}. Used by the asking thread alone. */
public interface Question {
    /** What it is asked for: {@code generate}, {@code correct}, {@code reflect}; empty where that isn't known. */
    String role();

    /** How long an answer is of use; null for any time. */
    @Nullable
    Duration left();

    /** About how many tokens are read and written for it, for limits that count them. */
    long tokens();

    /**
     * The request as this model is to get it. Asked for once before each call, which counts from then on, whatever
     * becomes of it.
     *
     * @throws CallForbiddenException where no more calls may be made
     */
    ChatRequest request(Model model);

    /** Hears which models were chosen, passed over or tried in vain, and why. */
    void note(String text);

    /** The same request for every model, at any time, as often as it takes. */
    static Question of(ChatRequest request) {
        return new Question() {
            @Override
            public String role() {
                return "";
            }

            @Override
            public @Nullable Duration left() {
                return null;
            }

            @Override
            public long tokens() {
                Integer most = request.maxOutputTokens();
                long characters = request.messages().toString().length();
                return characters / 4 + (most == null ? 0 : most);
            }

            @Override
            public ChatRequest request(Model model) {
                return request;
            }

            @Override
            public void note(String text) {
                // nobody asked
            }
        };
    }
}
