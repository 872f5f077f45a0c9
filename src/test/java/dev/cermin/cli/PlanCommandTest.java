package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void itPrintsThePlanAndHowToStartTheServer() {
        assertThat(run("llama-3.1-70b", "--gpus", "2x24GiB", "--context", "8192", "--parallel", "2"))
                .isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Fits: all 80 layers", "card 0", "card 1", "host")
                .contains("llama-server -m llama-3.1-70b.gguf -c 16384 -np 2 -ngl all -sm layer -ts ")
                .contains("LLAMA_ARG_MODEL=/models/llama-3.1-70b.gguf", "LLAMA_CARDS=2")
                .contains("provider=llama-server");
        assertThat(complained.size()).isZero();
    }

    @Test
    void jsonHasTheSame() throws IOException {
        assertThat(run("llama-3.1-8b", "--gpus", "24GiB", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(printed.toByteArray());

        assertThat(json.at("/plan/fit").asText()).isEqualTo("WHOLE");
        assertThat(json.at("/plan/cards/0/memory").asLong()).isEqualTo(24L << 30);
        assertThat(json.at("/command/0").asText()).isEqualTo("llama-server");
        assertThat(json.at("/environment/LLAMA_ARG_N_GPU_LAYERS").asText()).isEqualTo("all");
    }

    @Test
    void exitCodesAreThoseOfTheHelp() throws IOException {
        assertThat(run("llama-3.1-405b", "--gpus", "24GiB", "--ram", "64GiB")).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Does not fit", "What would fit:");
        assertThat(run("llama-3.1-8b", "--gpus", "2x24Gigs")).isEqualTo(2);
        assertThat(run("llama-3.1-8b", "--gpus", "24GiB", "--quant", "Q5")).isEqualTo(2);
        assertThat(run("llama-3.1-8b")).isEqualTo(2);
        Path wrong = Files.writeString(folder.resolve("wrong.gguf"), "this is no model at all, but text");
        assertThat(run(wrong.toString(), "--gpus", "24GiB")).isEqualTo(1);
        assertThat(complained.toString(StandardCharsets.UTF_8))
                .contains("--gpus '2x24Gigs'", "'Q5' is no quantisation", wrong + " is no GGUF file")
                .doesNotContain("Exception");
    }

    @Test
    void flashAttentionCanBeTurnedOff() {
        assertThat(run("llama-3.1-8b", "--gpus", "24GiB", "--no-flash-attention"))
                .isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("-fa off");
    }

    private static int run(String... arguments) {
        return new CommandLine(new PlanCommand()).execute(arguments);
    }
}
