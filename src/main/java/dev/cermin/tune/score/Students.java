package dev.cermin.tune.score;

import dev.cermin.model.ConfiguredModels;
import dev.cermin.model.ModelSettings;
import dev.cermin.model.ProviderException;
import dev.cermin.model.jlama.JlamaChatModel;
import dev.cermin.model.llamacpp.LlamaChatModel;
import dev.cermin.model.remote.PromptLogProbabilities;
import dev.cermin.tune.Student;
import java.util.Arrays;
import java.util.OptionalInt;

/** Finds the student that a model can be. */
public final class Students {
    private static final String OPENAI = "openai";
    private static final String REMEDY =
            "Take one on Jlama, on llama-server, or on an OpenAI-compatible endpoint with prompt"
                    + " log-probabilities, such as vLLM (provider openai, with its base-url)";

    private Students() {}

    /**
     * The student that a configured model is. Safe for use by many threads: Jlama's take turns, servers answer as many at
     * once as they have slots. It needs no closing and lives as long as {@code models} are open. A server is asked once
     * whether it can; calls that fail later are not tried again here.
     *
     * @throws IllegalArgumentException for a name that isn't configured
     * @throws CannotScoreException for a model that gives no likelihood of a given text, or isn't at its endpoint
     * @throws ProviderException where the endpoint can't be reached, is busy, or does not take the key
     */
    public static Student of(ConfiguredModels models, String name) {
        ModelSettings settings = models.settings(name);
        if (settings.provider().equals(OPENAI)) {
            return new EngineStudent(completions(name, settings));
        }
        return switch (models.named(name).chat()) {
            case JlamaChatModel jlama -> of(jlama);
            case LlamaChatModel llama -> of(llama);
            default ->
                throw new CannotScoreException(
                        name,
                        "provider '%s' gives none of tokens that it did not generate".formatted(settings.provider()),
                        REMEDY);
        };
    }

    /** A model in process. */
    public static Student of(JlamaChatModel model) {
        return new EngineStudent(new InProcess(model));
    }

    /** A model on llama-server. */
    public static Student of(LlamaChatModel model) {
        return new EngineStudent(LlamaServer.of(model.logProbabilities()));
    }

    /**
     * Makes the engine's own passes over the same tokens, and scores nothing: what a benchmark compares a student with.
     *
     * @throws IllegalArgumentException for a student that was not made here
     */
    public static Student passesOf(Student student) {
        return new Passes(ours(student));
    }

    /** The chat template that the student has itself. */
    static ChatFormat ownFormat(Student student) {
        Engine engine = ours(student).engine();
        return (instruction, input) -> engine.prompt(input.isEmpty() ? instruction : instruction + "\n" + input);
    }

    /** The token that a model puts before a text, told from the text's tokens with it and without. */
    static OptionalInt start(int[] with, int[] without) {
        boolean front =
                with.length > without.length && Arrays.equals(with, 1, 1 + without.length, without, 0, without.length);
        return front ? OptionalInt.of(with[0]) : OptionalInt.empty();
    }

    private static EngineStudent ours(Student student) {
        if (student instanceof EngineStudent ours) {
            return ours;
        }
        throw new IllegalArgumentException(
                "The student is a %s of the application's own; one that Students made is expected"
                        .formatted(student.getClass().getName()));
    }

    private static Engine completions(String name, ModelSettings settings) {
        if (settings.baseUrl() == null) {
            throw new CannotScoreException(name, "OpenAI's API gives it of tokens alone that it generates", REMEDY);
        }
        var endpoint = new PromptLogProbabilities(name, settings);
        try {
            int window = endpoint.contextLength();
            int[] with = endpoint.tokens("a", true);
            if (window < 1 || with.length == 0) {
                throw new CannotScoreException(
                        name,
                        "what is at %s names no max_model_len, as vLLM's /tokenize does"
                                .formatted(ModelSettings.shown(settings.baseUrl())),
                        "For a llama-server, set the provider to llama-server");
            }
            endpoint.of(new int[] {with[0], with[0]}, 1);
            return new Completions(endpoint, start(with, endpoint.tokens("a", false)), window);
        } catch (ProviderException e) {
            throw explained(name, settings, e);
        }
    }

    private static RuntimeException explained(String name, ModelSettings settings, ProviderException e) {
        String url = ModelSettings.shown(settings.baseUrl());
        return switch (e.failure().kind()) {
            case RATE_LIMIT, UNAVAILABLE, TIMEOUT, AUTHENTICATION -> e;
            case NOT_FOUND ->
                new CannotScoreException(
                        name,
                        "what is at %s has no model '%s', or no /tokenize (%s)"
                                .formatted(url, settings.model(), e.getMessage()),
                        "Check that its /v1/models lists that model, and that base-url is a vLLM's");
            case MALFORMED, REFUSED, INVALID, UNKNOWN ->
                new CannotScoreException(
                        name,
                        "what is at %s does not answer as vLLM's /tokenize and /v1/completions do (%s)"
                                .formatted(url, e.getMessage()),
                        REMEDY);
        };
    }
}
