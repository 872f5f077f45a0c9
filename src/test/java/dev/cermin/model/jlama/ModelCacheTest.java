package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cermin.model.JlamaProvider;
import dev.cermin.model.ModelSettings;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCacheTest {
    @TempDir
    Path home;

    @Test
    void theBranchMainIsTakenElseTheNewest() throws IOException {
        Path model = home.resolve(".cache/huggingface/hub/models--org--tiny");
        Path old = snapshot(model, "aaa");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        Path newer = snapshot(model, "bbb");

        assertThat(find(Map.of())).isEqualTo(newer);
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), "aaa");
        assertThat(find(Map.of())).isEqualTo(old);
        Files.writeString(model.resolve("refs/main"), "not-fetched");
        assertThat(find(Map.of())).isEqualTo(newer);
    }

    @Test
    void theToolsOwnVariablesAreHonoured() throws IOException {
        Path byHome = snapshot(home.resolve("hf/hub/models--org--tiny"), "one");
        Path byCache = snapshot(home.resolve("elsewhere/models--org--tiny"), "two");
        Map<String, String> hfHome = Map.of("HF_HOME", home.resolve("hf").toString(), "HF_HUB_CACHE", "");

        assertThat(find(hfHome)).isEqualTo(byHome);
        assertThat(find(Map.of(
                        "HF_HOME",
                        home.resolve("hf").toString(),
                        "HF_HUB_CACHE",
                        home.resolve("elsewhere").toString())))
                .isEqualTo(byCache);
    }

    @Test
    void whatLiesInOurOwnCacheGoesFirstAndAnswers() throws IOException {
        snapshot(home.resolve(".cache/huggingface/hub/models--org--tiny"), "aaa");
        Path own = RandomModel.small(2).write(home.resolve("cache/models/org/tiny"));

        assertThat(find(Map.of())).isEqualTo(own);
        ChatModel model = new JlamaProvider()
                .make("small", ModelSettings.builder("jlama").model("org/tiny").build(), home.resolve("cache"));
        assertThat(model.chat("a")).isNotNull();
        ((JlamaChatModel) model).close();
    }

    @Test
    void whatIsNotThereIsNotFetchedAndSaysHowToGetIt() throws IOException {
        Files.createDirectories(home.resolve(".cache/huggingface/hub/models--org--tiny/snapshots/half"));

        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContainingAll(
                        home.resolve("cache/models/org/tiny").toString(),
                        home.resolve(".cache/huggingface/hub/models--org--tiny").toString(),
                        "hf download org/tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "../x", "a/../b", "/etc/passwd", "a/b/c", "org/..", ""})
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> ModelCache.find(name, home, Map.of(), home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    private Path find(Map<String, String> environment) {
        return ModelCache.find("org/tiny", home.resolve("cache"), environment, home);
    }

    private static Path snapshot(Path model, String commit) throws IOException {
        Path folder = Files.createDirectories(model.resolve("snapshots").resolve(commit));
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.writeString(folder.resolve("model.safetensors"), "");
        return folder;
    }
}
