package dev.cermin.model;

import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;
import java.util.TreeMap;

/** Finds a model by its name. Implementations are thread-safe. */
@FunctionalInterface
public interface Models {
    /** @throws IllegalArgumentException for a name that isn't configured; the message lists those that are */
    Model named(String name);

    static Models of(Map<String, Model> byName) {
        Map<String, Model> models = Map.copyOf(byName);
        return name -> {
            Model model = models.get(name);
            if (model == null) {
                throw new IllegalArgumentException(
                        "There is no model '%s'; configured are %s".formatted(name, new TreeMap<>(models).keySet()));
            }
            return model;
        };
    }

    /** The same model for every name: what a program with one model wants. */
    static Models always(ChatModel chat) {
        return name -> Model.of(name, chat);
    }
}
