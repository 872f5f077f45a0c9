package dev.cermin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cermin.model.jlama.BundledModel;
import dev.cermin.model.llamacpp.BundledGguf;
import dev.cermin.model.llamacpp.LlamaChatModel;
import dev.cermin.model.llamacpp.LlamaCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model on a real llama-server. Runs where CERMIN_LLAMA_SERVER names the program. */
class EngineRunLiveTest {
    @TempDir
    Path temp;

    @Test
    void theCriticFindsTheGeneratorsPrefixInTheCache() throws Exception {
        String binary = System.getenv("CERMIN_LLAMA_SERVER");
        assumeThat(binary)
                .as("CERMIN_LLAMA_SERVER, the path of a llama-server, is not set: nothing is tested on a real one")
                .isNotNull();
        Path weights = BundledGguf.write(BundledModel.unpack(temp), temp.resolve("mirror.gguf"));
        Map<String, String> settings = Map.of("ctx-size", "2048", "parallel", "4", "threads", "1");
        try (LlamaChatModel server = LlamaChatModel.builder()
                .command(new LlamaCommand(Path.of(binary), weights, settings, List.of()))
                .logs(temp)
                .build()) {
            String printed = printed(server);

            Matcher busy = Pattern.compile("slots busy: ([\\d.]+) of the 4 that 4 loops can use")
                    .matcher(printed);
            assertThat(busy.find()).as(printed).isTrue();
            assertThat(Double.parseDouble(busy.group(1))).isBetween(0.1, 4.1);
            Matcher cached = Pattern.compile("reflect [\\d.]+ of [\\d.]+ \\(([\\d.]+) %\\)")
                    .matcher(printed);
            assertThat(cached.find()).as(printed).isTrue();
            assertThat(Double.parseDouble(cached.group(1))).isGreaterThan(50);
        }
    }

    private static String printed(LlamaChatModel server) throws Exception {
        PrintStream usual = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            new EngineRun(server, server, 60).run(List.of(4), 8, 1);
        } finally {
            System.setOut(usual);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
