package dev.cermin.dispatch;

import dev.cermin.model.DispatchingChatModel;
import dev.cermin.model.DispatchingChatModel.Answer;
import dev.cermin.model.Model;
import dev.cermin.model.Question;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question that remembers whom it was put to, and what was noted. */
final class Asked implements Question {
    final List<String> notes = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    private @Nullable Duration left;
    private String role = "generate";
    private long tokens = 10;

    Asked within(Duration time) {
        left = time;
        return this;
    }

    Asked to(String what) {
        role = what;
        return this;
    }

    Asked of(long count) {
        tokens = count;
        return this;
    }

    Answer by(Dispatch models, String name) {
        return ((DispatchingChatModel) models.named(name).chat()).ask(this);
    }

    String textBy(Dispatch models, String name) {
        return by(models, name).response().aiMessage().text();
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public @Nullable Duration left() {
        return left;
    }

    @Override
    public long tokens() {
        return tokens;
    }

    @Override
    public ChatRequest request(Model model) {
        calls.add(model.name());
        return ChatRequest.builder().messages(UserMessage.from("2+2")).build();
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
