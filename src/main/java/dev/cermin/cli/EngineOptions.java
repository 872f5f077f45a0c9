package dev.cermin.cli;

import dev.cermin.model.ModelSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The engine that a benchmark measures. */
final class EngineOptions {
    @Option(names = "--url", paramLabel = "URL", description = "A llama-server that runs")
    private @Nullable URI url;

    @Option(names = "--llama-server", paramLabel = "PROGRAM", description = "A llama-server to start, with --model")
    private @Nullable Path program;

    @Option(names = "--model", paramLabel = "FILE", description = "The GGUF file for --llama-server")
    private @Nullable String file;

    ModelSettings settings() {
        if (url == null && program == null) {
            return ModelSettings.BUNDLED;
        }
        return ModelSettings.builder("llama-server")
                .baseUrl(url)
                .path(program)
                .model(file)
                .parameters(program == null ? Map.of() : Map.of("parallel", "4", "ctx-size", "8192"))
                .build();
    }
}
