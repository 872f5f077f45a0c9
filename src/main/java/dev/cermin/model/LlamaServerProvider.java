package dev.cermin.model;

import dev.cermin.model.llamacpp.LlamaChatModel;
import dev.cermin.model.llamacpp.LlamaCommand;
import dev.cermin.model.llamacpp.LlamaRequest;
import dev.cermin.model.llamacpp.LlamaServerException;
import dev.langchain4j.model.chat.ChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * llama.cpp's server: one that runs, by {@code base-url}, or one that is started, by the {@code path} of the program and
 * the {@code model} file. The parameters are the server's own long options, such as {@code gpu-layers}; beside them {@code
 * args}, arguments as they are; {@code start-timeout}; and {@code lora-scales}, such as {@code 0=1,1=0}, for each request.
 */
public final class LlamaServerProvider implements ModelProvider {
    private static final System.Logger LOG = System.getLogger(LlamaServerProvider.class.getName());

    @Override
    public String name() {
        return "llama-server";
    }

    @Override
    public ChatModel make(String model, ModelSettings settings, Path cache) {
        Map<String, String> parameters = new TreeMap<>(settings.parameters());
        String scales = parameters.remove("lora-scales");
        String arguments = parameters.remove("args");
        String startTimeout = parameters.remove("start-timeout");
        LlamaChatModel.Builder builder = LlamaChatModel.builder()
                .name(model)
                .apiKey(settings.apiKey())
                .timeout(settings.timeout())
                .maxRetries(settings.maxRetries())
                .logs(cache.resolve("logs"))
                .progress(text -> LOG.log(System.Logger.Level.INFO, text));
        if (scales != null) {
            builder.request(new LlamaRequest().lora(scales));
        }
        if (settings.baseUrl() != null && settings.path() == null) {
            if (arguments != null || startTimeout != null || !parameters.isEmpty()) {
                throw new IllegalArgumentException(
                        "cermin.models.%s.parameters has %s, which only a server that is started here can be given; set cermin.models.%s.path, or leave them out"
                                .formatted(model, settings.parameters().keySet(), model));
            }
            return builder.url(settings.baseUrl()).build();
        }
        if (settings.path() == null || settings.model() == null || settings.baseUrl() != null) {
            throw new IllegalArgumentException(
                    "A llama-server model needs either cermin.models.%s.base-url, or cermin.models.%s.path, the program, and cermin.models.%s.model, a GGUF file"
                            .formatted(model, model, model));
        }
        if (startTimeout != null) {
            builder.startTimeout(duration(model, startTimeout));
        }
        List<String> extra =
                arguments == null ? List.of() : List.of(arguments.strip().split("\\s+"));
        return builder.command(new LlamaCommand(settings.path(), Path.of(settings.model()), parameters, extra))
                .build();
    }

    /** The server's slots: as it is to be started with, or as one that runs says; 0 where it doesn't answer. */
    @Override
    public int concurrency(ModelSettings settings) {
        if (settings.limits().concurrency() > 0) {
            return settings.limits().concurrency();
        }
        if (settings.path() != null || settings.baseUrl() == null) {
            return LlamaCommand.slots(settings.parameters());
        }
        try {
            return LlamaChatModel.builder()
                    .url(settings.baseUrl())
                    .apiKey(settings.apiKey())
                    .build()
                    .slots();
        } catch (LlamaServerException e) {
            LOG.log(System.Logger.Level.DEBUG, "Its slots are not known, so that it gets no limit", e);
            return 0;
        }
    }

    /** As Quarkus writes durations: a number with a unit, or ISO-8601. */
    private static Duration duration(String model, String given) {
        try {
            return Duration.parse(given.startsWith("P") ? given : "PT" + given);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "cermin.models.%s.parameters.start-timeout is '%s'; a duration such as 90s or 10m is expected"
                            .formatted(model, given),
                    e);
        }
    }
}
