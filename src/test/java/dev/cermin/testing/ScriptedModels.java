package dev.cermin.testing;

import dev.cermin.config.CerminConfig;
import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.Model;
import dev.cermin.model.Models;
import dev.cermin.model.Price;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The models of the services under test: "scripted-…" are what a test says, all others the real ones. Thread-safe. */
@Singleton
public class ScriptedModels implements Models {
    /** A token is a character. */
    public static final Price PRICE = new Price(new BigDecimal("2"), new BigDecimal("8"));

    private static final String ACCEPT = "<reflection></reflection><output>accept 1.0</output>";

    private final ConfiguredModels configured;
    private final Map<String, UnaryOperator<String>> scripts = new ConcurrentHashMap<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();

    ScriptedModels(CerminConfig config) {
        configured = new ConfiguredModels(Map.of(), config.cache());
    }

    /** From now on the model replies with this; it may block, and what it throws, the model throws. */
    public void script(String name, UnaryOperator<String> replies) {
        scripts.put(name, replies);
    }

    /** Every script as it was at first: a critic accepts, others answer "answer". */
    public void reset() {
        scripts.clear();
        prompts.clear();
    }

    /** How often scripted models were asked this. */
    public long asked(String prompt) {
        return prompts.stream().filter(prompt::equals).count();
    }

    @Override
    public Model named(String name) {
        return name.startsWith("scripted-")
                ? new Model(name, "script", new Script(name), PRICE)
                : configured.named(name);
    }

    @PreDestroy
    void close() {
        configured.close();
    }

    private final class Script implements ChatModel {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            String prompt = ((UserMessage) request.messages().getLast()).singleText();
            prompts.add(prompt);
            String usual = name.equals("scripted-reflect") ? ACCEPT : "answer";
            String reply = scripts.getOrDefault(name, asked -> usual).apply(prompt);
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(reply))
                    .tokenUsage(new TokenUsage(prompt.length(), reply.length()))
                    .build();
        }
    }
}
