package dev.cermin.model.jlama;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.Objects;

/** Request parameters with a seed of the draws for this request alone. Immutable. */
public final class JlamaRequestParameters extends DefaultChatRequestParameters {
    private final long seed;

    private JlamaRequestParameters(ChatRequestParameters parameters, long seed) {
        super(DefaultChatRequestParameters.builder().overrideWith(parameters));
        this.seed = seed;
    }

    public static JlamaRequestParameters of(ChatRequestParameters parameters, long seed) {
        return new JlamaRequestParameters(parameters, seed);
    }

    public long seed() {
        return seed;
    }

    /** LangChain4j merges a model's defaults with a request's: a seed in the request goes before. */
    @Override
    public JlamaRequestParameters overrideWith(ChatRequestParameters request) {
        long wanted = request instanceof JlamaRequestParameters own ? own.seed : seed;
        return new JlamaRequestParameters(super.overrideWith(request), wanted);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof JlamaRequestParameters own && own.seed == seed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), seed);
    }
}
