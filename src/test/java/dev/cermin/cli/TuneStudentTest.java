package dev.cermin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cermin.model.ModelSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TuneStudentTest {
    private static String shown(ModelSettings.Builder settings) {
        return TuneStudent.shown("small", settings.build(), "alpaca", 2048);
    }

    @Test
    void anotherModelBehindTheSameNameIsAnotherStudent() {
        URI one = URI.create("http://user:secret@one:8000/v1");
        List<String> all = Stream.of(
                        ModelSettings.builder("jlama"),
                        ModelSettings.builder("jlama").path(Path.of("/models/a")),
                        ModelSettings.builder("jlama").path(Path.of("/models/b")),
                        ModelSettings.builder("llama-server").path(Path.of("/models/b")),
                        ModelSettings.builder("openai").model("a").baseUrl(one),
                        ModelSettings.builder("openai").model("b").baseUrl(one),
                        ModelSettings.builder("openai").model("b").baseUrl(URI.create("http://two:8000/v1")))
                .map(TuneStudentTest::shown)
                .toList();

        assertThat(all).doesNotHaveDuplicates().noneMatch(text -> text.contains("secret"));
        assertThat(shown(ModelSettings.builder("openai").model("a").baseUrl(one)))
                .isEqualTo(all.get(4))
                .startsWith("small (openai: a at ")
                .endsWith("), alpaca, 2048 tokens");
    }
}
