package dev.cermin.model.remote;

import dev.cermin.model.ModelProvider;
import dev.cermin.model.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What remote providers share. One more is a class that makes its library's two models, and a line in
 * {@code META-INF/services}. Its library is touched in the methods below alone, so it is looked for only when a model of
 * this provider is asked for. Retries are left to the caller: none is made here.
 */
abstract class RemoteProvider implements ModelProvider {
    private static final String STREAM = "stream";

    private final String name;
    private final String library;

    /** @param library the artifact of {@code dev.langchain4j} that it takes */
    RemoteProvider(String name, String library) {
        this.name = name;
        this.library = library;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final ChatModel make(String model, ModelSettings settings, Path cache) {
        var asked = new Asked(name, model, settings);
        try {
            ChatModel chat = asked.flag(STREAM, false)
                    ? new Gathered(streaming(asked), settings.timeout(), overWire())
                    : chat(asked);
            asked.refuseOthers();
            return new Guarded(chat, this, asked);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "cermin.models.%s.provider is '%s': add dev.langchain4j:%s to the class path (%s)"
                            .formatted(model, name, library, e),
                    e);
        }
    }

    @Override
    public final boolean streams(ModelSettings settings) {
        String stream = new Asked(name, "", settings).text(STREAM);
        return stream != null && Boolean.parseBoolean(stream.strip());
    }

    /** Reads all settings that it knows, whatever they are. */
    abstract ChatModel chat(Asked asked);

    /** The same over the provider's streaming API. */
    abstract StreamingChatModel streaming(Asked asked);

    /** Whether the library takes a {@link Wire}; one that brings a client of its own says no. */
    boolean overWire() {
        return true;
    }

    /** How long the provider asks to wait, by an exception of its own library; null where it doesn't say. */
    @Nullable
    Duration retryAfter(Throwable failure) {
        return failure instanceof HttpFailure answered ? answered.retryAfter() : null;
    }
}
