package dev.cermin.model.jlama;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A Llama model that runs on the CPU in this process.
 *
 * <p>Safe for use by many threads, which take turns: one answer is made at a time. An interrupted thread gets a
 * {@link java.util.concurrent.CancellationException} between two tokens, and its interrupt flag stays set. A prompt that
 * does not fit is a {@link PromptTooLongException}; tools, JSON response formats, topK and penalties are refused with an
 * {@link UnsupportedFeatureException}. The JVM needs {@code --add-modules jdk.incubator.vector}.
 */
public final class JlamaChatModel implements ChatModel, AutoCloseable {
    private final JlamaEngine engine;
    private final JlamaRequestParameters defaults;

    private JlamaChatModel(Builder builder) {
        String name = builder.name != null ? builder.name : String.valueOf(builder.folder.getFileName());
        this.defaults = JlamaRequestParameters.of(
                ChatRequestParameters.builder()
                        .modelName(name)
                        .maxOutputTokens(builder.maxOutputTokens)
                        .temperature(builder.temperature)
                        .topP(builder.topP)
                        .build(),
                builder.seed);
        refuseWrongLimits(defaults);
        this.engine = JlamaEngine.load(builder.folder, builder.threads);
    }

    /** Starts a builder; only the folder is required. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        JlamaRequestParameters parameters = defaults.overrideWith(request.parameters());
        refuseUnsupported(parameters);
        refuseWrongLimits(parameters);
        int[] prompt = engine.encode(ChatPrompt.render(engine.tokenizer(), request.messages()));
        List<String> stops = parameters.stopSequences() == null ? List.of() : parameters.stopSequences();
        GeneratedText answer = new GeneratedText(stops);
        Sampler sampler = new Sampler(parameters.temperature(), parameters.topP(), parameters.seed());
        boolean ended = engine.generate(
                prompt,
                parameters.maxOutputTokens(),
                sampler,
                token -> answer.add(engine.tokenizer().bytes(token)));
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer.text()))
                .metadata(ChatResponseMetadata.builder()
                        .id("jlama-" + UUID.randomUUID())
                        .modelName(parameters.modelName())
                        .tokenUsage(new TokenUsage(prompt.length, answer.tokens()))
                        .finishReason(ended ? FinishReason.STOP : FinishReason.LENGTH)
                        .build())
                .build();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    /** The token ids of a text, special tokens included where it names them, after the beginning-of-text token. */
    public int[] encode(String text) {
        return engine.encode(text);
    }

    /** The text of tokens; special tokens are written out, and bytes that are no UTF-8 become U+FFFD. */
    public String decode(int[] tokens) {
        long[] ids = new long[tokens.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens[i];
        }
        return engine.tokenizer().decode(ids);
    }

    /** The most tokens that prompt and answer have together: the model's context less what the engine needs itself. */
    public int contextLength() {
        return engine.usableContext();
    }

    /** The threads that compute, shared by all models of the JVM. */
    public int threads() {
        return engine.threads();
    }

    /**
     * The natural logarithm of each token's probability, given all tokens before it.
     *
     * @param tokens at least two ids, as {@link #encode} gives them
     * @return one value for each token but the first
     * @throws PromptTooLongException when there are more tokens than {@link #contextLength}
     */
    public double[] logProbabilities(int[] tokens) {
        if (tokens.length < 2) {
            throw new IllegalArgumentException("Got " + tokens.length + " tokens, expected at least two.");
        }
        return logProbabilities(tokens, 1);
    }

    /**
     * The same of the tokens behind a prompt. What was read of the last two prompts is kept: another text behind the same
     * one, or behind one that begins alike, does not pay for it again.
     *
     * @param prompt how many tokens are the prompt, at least one
     * @return one value for each token behind the prompt
     * @throws PromptTooLongException when there are more tokens than {@link #contextLength}
     */
    public double[] logProbabilities(int[] tokens, int prompt) {
        if (prompt < 1 || prompt >= tokens.length) {
            throw new IllegalArgumentException("The prompt is " + prompt + " of " + tokens.length
                    + " tokens, expected at least one and fewer than all.");
        }
        engine.requireKnown(tokens);
        return engine.logProbabilities(tokens, prompt);
    }

    /** Reads tokens as those of a given text are read, and gives nothing: the engine's own work, for measurements. */
    public void read(int[] tokens) {
        engine.requireKnown(tokens);
        engine.read(tokens);
    }

    /** The prompt that messages become by the model's chat template, up to where its answer begins. */
    public String prompt(List<ChatMessage> messages) {
        return ChatPrompt.render(engine.tokenizer(), messages);
    }

    /** The mean negative log-likelihood of a text's tokens in nats; the text must not be empty. */
    public double negativeLogLikelihood(String text) {
        return ReferenceText.mean(engine, text);
    }

    /** Frees the model when the answer under way is done; later calls fail. May be called twice. */
    @Override
    public void close() {
        engine.close();
    }

    private void refuseUnsupported(ChatRequestParameters asked) {
        boolean tools = asked.toolSpecifications() != null
                && !asked.toolSpecifications().isEmpty();
        refuse(tools || asked.toolChoice() == ToolChoice.REQUIRED, "tools");
        refuse(
                asked.responseFormat() != null && asked.responseFormat().type() != ResponseFormatType.TEXT,
                "a JSON response format");
        refuse(asked.topK() != null, "topK");
        refuse(asked.frequencyPenalty() != null || asked.presencePenalty() != null, "penalties");
        refuse(
                !Objects.equals(asked.modelName(), defaults.modelName()),
                "another model name than '" + defaults.modelName() + "'");
    }

    private static void refuse(boolean asked, String feature) {
        if (asked) {
            throw new UnsupportedFeatureException("The Jlama engine does not support " + feature
                    + ". Leave it out of the request, or use another provider.");
        }
    }

    private static void refuseWrongLimits(ChatRequestParameters parameters) {
        if (parameters.maxOutputTokens() < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens is " + parameters.maxOutputTokens() + ", expected at least 1.");
        }
        new Sampler(parameters.temperature(), parameters.topP(), 0);
    }

    /** Collects the settings of a model; not safe for use by several threads. */
    public static final class Builder {
        private Path folder;
        private OptionalInt threads = OptionalInt.empty();
        private int maxOutputTokens = 256;
        private double temperature = 0;
        private double topP = 1;
        private long seed = 1;
        private String name;

        private Builder() {}

        /** The folder with config.json, tokenizer.json and the weights as safetensors. */
        public Builder folder(Path folder) {
            this.folder = folder;
            return this;
        }

        /**
         * Threads that compute, from 1 to the processors, and at most the square root of the model's smallest projection
         * width. Default: the most of that, but no more than 8. The JVM's first model decides for all.
         */
        public Builder threads(int threads) {
            if (threads < 1) {
                throw new IllegalArgumentException("threads is " + threads + ", expected at least 1.");
            }
            this.threads = OptionalInt.of(threads);
            return this;
        }

        /** Tokens of an answer at most, where the request does not say; default 256. */
        public Builder maxOutputTokens(int maxOutputTokens) {
            this.maxOutputTokens = maxOutputTokens;
            return this;
        }

        /** 0, the default, always takes the likeliest token; up to 100. */
        public Builder temperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        /** Draws among the likeliest tokens that together have this probability: above 0, at most 1, the default. */
        public Builder topP(double topP) {
            this.topP = topP;
            return this;
        }

        /**
         * Seed of the draws, the same for every request, so that a request repeats its answer; default 1. A request may
         * bring its own: {@link JlamaRequestParameters}.
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** The model's name in responses; default the folder's. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * Loads the model.
         *
         * @throws ModelLoadException when the folder, its files or this JVM do not fit
         */
        public JlamaChatModel build() {
            if (folder == null) {
                throw new IllegalArgumentException("The model's folder is missing. Call folder(path).");
            }
            return new JlamaChatModel(this);
        }
    }
}
