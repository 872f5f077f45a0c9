package dev.cermin.model.remote;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock's Converse API. Who calls is said by a Bedrock key, by an access key, or, without either, by AWS's own
 * chain: environment, profile, role. So is the region.
 */
public final class BedrockProvider extends RemoteProvider {
    public BedrockProvider() {
        super("bedrock", "langchain4j-bedrock");
    }

    @Override
    ChatModel chat(Asked asked) {
        return BedrockModels.chat(asked);
    }

    @Override
    StreamingChatModel streaming(Asked asked) {
        return BedrockModels.streaming(asked);
    }

    @Override
    boolean overWire() {
        return false;
    }

    @Override
    @Nullable
    Duration retryAfter(Throwable failure) {
        return BedrockModels.retryAfter(failure);
    }
}
