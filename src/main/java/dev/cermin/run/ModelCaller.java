package dev.cermin.run;

import dev.cermin.agent.Prompt;
import dev.cermin.agent.Sampling;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Renders a prompt and puts it to a model. */
final class ModelCaller {
    private final Models models;

    ModelCaller(Models models) {
        this.models = models;
    }

    Call call(String modelName, Prompt prompt, Map<String, String> values, Sampling sampling)
            throws ModelCallException {
        Prompt.Rendered rendered;
        Model model;
        ChatResponse response;
        try {
            rendered = prompt.render(values);
            model = models.named(modelName);
            response = model.chat()
                    .chat(ChatRequest.builder()
                            .messages(messages(rendered))
                            .temperature(sampling.temperature())
                            .topP(sampling.topP())
                            .maxOutputTokens(sampling.maxTokens())
                            .build());
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StepInterruptedException(e);
            }
            throw new ModelCallException("Model '%s' gave no answer: %s".formatted(modelName, reason(e)), e);
        }
        if (response == null || response.aiMessage() == null) {
            throw new ModelCallException("Model '%s' gave no answer: it returned null".formatted(modelName), null);
        }
        String text = response.aiMessage().text();
        TokenUsage usage = response.tokenUsage();
        long in = usage == null ? 0 : orZero(usage.inputTokenCount());
        long out = usage == null ? 0 : orZero(usage.outputTokenCount());
        return new Call(
                model.name(),
                model.provider(),
                parameters(sampling),
                prompt.id(),
                shown(rendered),
                text == null ? "" : storable(text),
                in,
                out,
                model.price().of(in, out));
    }

    private static List<ChatMessage> messages(Prompt.Rendered rendered) {
        UserMessage user = UserMessage.from(rendered.user());
        return rendered.system() == null ? List.of(user) : List.of(SystemMessage.from(rendered.system()), user);
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getName() : message;
    }

    /** A byte-level model may write NUL, which no Postgres text holds. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static long orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    private static Map<String, String> parameters(Sampling sampling) {
        Map<String, String> set = new TreeMap<>();
        if (sampling.temperature() != null) {
            set.put("temperature", sampling.temperature().toString());
        }
        if (sampling.topP() != null) {
            set.put("top-p", sampling.topP().toString());
        }
        if (sampling.maxTokens() != null) {
            set.put("max-tokens", sampling.maxTokens().toString());
        }
        return set;
    }

    private static String shown(Prompt.Rendered rendered) {
        return rendered.system() == null
                ? rendered.user()
                : "[system]\n" + rendered.system() + "\n[user]\n" + rendered.user();
    }
}
