package dev.cermin.run;

import dev.cermin.agent.Prompt;
import dev.cermin.critique.Critique;
import dev.cermin.critique.CritiqueFormat;
import dev.cermin.loop.Attempt;
import dev.cermin.loop.LoopState;
import dev.cermin.loop.Recalled;
import dev.cermin.loop.Role;
import dev.cermin.tagged.Untrusted;
import dev.cermin.verify.Check;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What models are told: prompts filled in from the loop's state. */
final class Messages {
    private static final Set<String> BEFORE = Set.of("input", "lessons");
    private static final Set<String> AFTER = Set.of("input", "lessons", "draft", "thinking", "checks", "critique");

    private Messages() {}

    static List<ChatMessage> draft(Prompt prompt, LoopState state, Role role, @Nullable Conversation conversation) {
        if (conversation == null) {
            return of(prompt, state, role == Role.GENERATE ? null : state.base());
        }
        if (role == Role.GENERATE) {
            return conversation.asked(prompt, rendered(prompt, state, null));
        }
        Attempt base = state.base();
        Prompt.Rendered rendered = rendered(prompt, state, base);
        List<ChatMessage> messages = new ArrayList<>(conversation.after(rendered.system()));
        String draft = base.draft().output();
        messages.add(AiMessage.from(draft.isBlank() ? "(nothing)" : draft));
        messages.add(UserMessage.from(rendered.user()));
        return messages;
    }

    static List<ChatMessage> reflect(
            Prompt prompt, LoopState state, Attempt attempt, @Nullable Conversation conversation) {
        if (conversation == null) {
            return of(prompt, state, attempt);
        }
        return of(prompt, name -> name.equals("input") ? conversation.shown() : value(name, state, attempt), AFTER);
    }

    static String repair(CritiqueFormat format, List<String> why) {
        String wanted = format == CritiqueFormat.JSON
                ? "Answer again with one JSON object and nothing else: "
                        + "{\"verdict\": \"accept\" or \"revise\", \"score\": 0.0 to 1.0, \"issues\": [\"...\"]}"
                : "Answer again: what you found inside <reflection> tags, then accept or revise and a score from 0.0 to"
                        + " 1.0 inside <output> tags, for example <output>revise 0.2</output>";
        return "Your answer could not be read: %s. %s".formatted(Untrusted.asData(String.join("; ", why)), wanted);
    }

    private static List<ChatMessage> of(Prompt prompt, LoopState state, @Nullable Attempt attempt) {
        return of(prompt, name -> value(name, state, attempt), attempt == null ? BEFORE : AFTER);
    }

    private static List<ChatMessage> of(Prompt prompt, Function<String, @Nullable String> values, Set<String> known) {
        // given a list, the message makes two objects less
        UserMessage user = UserMessage.from(List.of(TextContent.from(prompt.renderUser(values, known))));
        String system = prompt.renderSystem(values, known);
        return system == null ? List.of(user) : List.of(SystemMessage.from(system), user);
    }

    private static Prompt.Rendered rendered(Prompt prompt, LoopState state, @Nullable Attempt attempt) {
        return prompt.render(name -> value(name, state, attempt), attempt == null ? BEFORE : AFTER);
    }

    private static @Nullable String value(String name, LoopState state, @Nullable Attempt attempt) {
        return switch (name) {
            case "input" -> state.task().input();
            case "lessons" -> lessons(state.lessons());
            case "draft" -> attempt == null ? null : attempt.draft().output();
            case "thinking" -> attempt == null ? null : attempt.draft().thinking();
            case "checks" -> attempt == null ? null : checks(attempt);
            case "critique" -> attempt == null ? null : critiques(attempt);
            default -> null;
        };
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
        if (!attempt.failed()) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        for (Check check : attempt.failedChecks()) {
            line(all, "\n", check.message());
        }
        return all.toString();
    }

    private static String critiques(Attempt attempt) {
        if (attempt.critiques().size() == 1 && attempt.critiques().getFirst().readable()) {
            return attempt.critiques().getFirst().text();
        }
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
