package dev.cermin.run;

import dev.cermin.agent.Prompt;
import dev.cermin.critique.Critique;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Role;
import dev.cermin.verify.Check;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What models are told: prompts filled in from the loop's state. */
final class Messages {
    private Messages() {}

    static List<ChatMessage> draft(Prompt prompt, LoopState state, Role role, @Nullable Conversation conversation) {
        if (conversation == null) {
            return of(prompt.render(values(state, role == Role.GENERATE ? null : state.base())));
        }
        if (role == Role.GENERATE) {
            return conversation.messages();
        }
        Attempt base = state.base();
        List<ChatMessage> messages = new ArrayList<>(conversation.messages());
        String draft = base.draft().output();
        messages.add(AiMessage.from(draft.isBlank() ? "(nothing)" : draft));
        messages.add(UserMessage.from(prompt.render(values(state, base)).user()));
        return messages;
    }

    static List<ChatMessage> reflect(Prompt prompt, LoopState state) {
        return of(prompt.render(values(state, state.focused())));
    }

    static String repair(CritiqueFormat format, List<String> why) {
        String wanted = format == CritiqueFormat.JSON
                ? "Answer again with one JSON object and nothing else: "
                        + "{\"verdict\": \"accept\" or \"revise\", \"score\": 0.0 to 1.0, \"issues\": [\"...\"]}"
                : "Answer again: what you found inside <reflection> tags, then accept or revise and a score from 0.0 to"
                        + " 1.0 inside <output> tags, for example <output>revise 0.2</output>";
        return "Your answer could not be read: %s. %s".formatted(String.join("; ", why), wanted);
    }

    private static List<ChatMessage> of(Prompt.Rendered rendered) {
        UserMessage user = UserMessage.from(rendered.user());
        return rendered.system() == null ? List.of(user) : List.of(SystemMessage.from(rendered.system()), user);
    }

    private static Map<String, String> values(LoopState state, @Nullable Attempt attempt) {
        Map<String, String> values = new HashMap<>();
        values.put("input", state.task().input());
        values.put("lessons", lessons(state.lessons()));
        if (attempt != null) {
            values.put("draft", attempt.draft().output());
            values.put("thinking", attempt.draft().thinking());
            values.put("checks", checks(attempt));
            values.put("critique", critiques(attempt));
        }
        return values;
    }

    private static String lessons(List<Recalled> lessons) {
        if (lessons.isEmpty()) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        lessons.forEach(lesson -> line(all, "\n", "- " + lesson.advice()));
        return all.toString();
    }

    private static String checks(Attempt attempt) {
        StringBuilder all = new StringBuilder();
        for (Check check : attempt.failedChecks()) {
            line(all, "\n", check.message());
        }
        return all.toString();
    }

    private static String critiques(Attempt attempt) {
        StringBuilder all = new StringBuilder();
        for (Critique critique : attempt.critiques()) {
            if (critique.readable()) {
                line(all, "\n\n", critique.text());
            }
        }
        return all.toString();
    }

    private static void line(StringBuilder all, String between, String text) {
        all.append(all.isEmpty() ? "" : between).append(text);
    }
}
