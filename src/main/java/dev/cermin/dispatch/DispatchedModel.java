package dev.cermin.dispatch;

import dev.cermin.model.DispatchingChatModel;
import dev.cermin.model.Question;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The model of one name: its pool, and those that follow it where it fails. Thread-safe. */
final class DispatchedModel implements DispatchingChatModel {
    private final String name;
    private final Function<Question, List<Pool>> order;
    private final Pool usual;

    /**
     * @param order the pools to ask, the first one first
     * @param usual whose capabilities are told as this model's
     */
    DispatchedModel(String name, Function<Question, List<Pool>> order, Pool usual) {
        this.name = name;
        this.order = order;
        this.usual = usual;
    }

    @Override
    public Answer ask(Question question) {
        Deadline deadline = Deadline.in(question.left());
        List<Pool> pools = order.apply(question);
        Tries tries = new Tries(question);
        for (int i = 0; i < pools.size(); i++) {
            Answer answer = pools.get(i).ask(question, deadline, tries, i == pools.size() - 1);
            if (answer != null) {
                if (i > 0) {
                    tries.note(
                            "%s answers in place of %s".formatted(pools.get(i).name(), name));
                }
                return answer;
            }
        }
        throw tries.why();
    }

    @Override
    public ChatResponse chat(ChatRequest request) {
        return ask(Question.of(request)).response();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return any().defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return any().provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return any().supportedCapabilities();
    }

    private ChatModel any() {
        Engine engine = usual.replicas().all().getFirst().engine();
        return engine.within(usual.rules().timeout().toNanos()).chat();
    }

    @Override
    public String toString() {
        return "Dispatched model " + name;
    }
}
