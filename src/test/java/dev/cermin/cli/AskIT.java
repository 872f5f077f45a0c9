package dev.cermin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cermin ask}, as a script runs it. */
class AskIT {
    @TempDir
    Path home;

    @Test
    void theAnswerAloneIsOnStandardOutputHoweverMuchIsLogged() throws Exception {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder ask = new ProcessBuilder("./cermin", "ask", "equations", "9x-15=21")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        ask.environment().put("CERMIN_HOME", home.toString());
        ask.environment().put("QUARKUS_LOG_LEVEL", "INFO");
        Process process = ask.start();
        try {
            assertThat(process.waitFor(Cermin.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            process.destroy();
        }
        assertThat(Files.readString(out, UTF_8)).isEqualToIgnoringNewLines("x=4");
        assertThat(Files.readString(err, UTF_8)).as("what is logged").contains("INFO");
        assertThat(process.exitValue()).isZero();
    }
}
