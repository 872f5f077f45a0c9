package dev.cermin.model;

import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;

/**
 * Makes the models of one provider. Found by {@link java.util.ServiceLoader}: an application adds a provider by a class
 * and its line in {@code META-INF/services}.
 */
public interface ModelProvider {
    /** As configurations name it: {@code cermin.models.NAME.provider}. */
    String name();

    /**
     * Makes a model. One that is {@link AutoCloseable} is closed with the application.
     *
     * @param model the name under which it is configured
     * @param cache a folder of the application's, for what a provider unpacks
     * @throws IllegalArgumentException where the settings lack something; the message names the key
     */
    ChatModel make(String model, ModelSettings settings, Path cache);

    /**
     * Calls that a model takes at once where its settings leave that open; 0, the default, for no limit. May ask an
     * endpoint, and takes no more than seconds.
     */
    default int concurrency(ModelSettings settings) {
        return settings.limits().concurrency();
    }

    /** Whether a model ends an answer after a silence of its time-out, so that the whole may take longer; default false. */
    default boolean streams(ModelSettings settings) {
        return false;
    }
}
