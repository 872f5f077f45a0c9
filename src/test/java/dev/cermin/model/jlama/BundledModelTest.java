package dev.cermin.model.jlama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelTest {
    @TempDir
    Path cache;

    @Test
    void unpacksOnceAndReusesTheCopy() throws IOException {
        Path first = BundledModel.unpack(cache.resolve("deep/er"));
        FileTime written = Files.getLastModifiedTime(first.resolve("model.safetensors"));

        assertThat(first.getFileName().toString()).matches("mirror-[0-9a-f]{12}");
        assertThat(BundledModel.unpack(cache.resolve("deep/er"))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.resolve("model.safetensors")))
                .isEqualTo(written);
    }

    @Test
    void replacesADamagedCopyAndLeavesNothingBehind() throws IOException {
        Path folder = BundledModel.unpack(cache);
        byte[] weights = Files.readAllBytes(folder.resolve("model.safetensors"));
        byte[] damaged = weights.clone();
        damaged[weights.length / 2] ^= 1;
        Files.write(folder.resolve("model.safetensors"), damaged);
        Files.delete(folder.resolve("config.json"));

        assertThat(BundledModel.unpack(cache)).isEqualTo(folder);
        assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(folder.resolve("config.json")).exists();
        assertThat(names())
                .containsExactlyInAnyOrder(".mirror.lock", folder.getFileName().toString());
    }

    @Test
    void manyMayUnpackAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Path>> unpacked = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                unpacked.add(threads.submit(() -> BundledModel.unpack(cache)));
            }
            Path folder = BundledModel.unpack(cache);
            for (Future<Path> one : unpacked) {
                assertThat(one.get()).isEqualTo(folder);
            }
        }
        assertThat(names()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path readOnly = Path.of(URI.create("jrt:/java.base"));
        assertThatThrownBy(() -> BundledModel.unpack(readOnly.resolve("cache")))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("java.base/cache")
                .hasMessageContaining("may write to");
        Path file = Files.writeString(cache.resolve("file"), "");
        assertThatThrownBy(() -> BundledModel.unpack(file.resolve("cache")))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void theStoredReferenceIsThatOfTheExactComputation() throws IOException {
        Path folder = BundledModel.unpack(cache);
        JsonNode reference =
                new ObjectMapper().readTree(folder.resolve("reference.json").toFile());
        try (JlamaChatModel model = JlamaChatModel.builder().folder(folder).build()) {
            int[] tokens = model.encode(reference.get("text").asText());
            double exact = -Arrays.stream(new ReferenceForward(folder).logProbabilities(tokens))
                    .average()
                    .orElseThrow();

            assertThat(reference.get("nll").asDouble()).isCloseTo(exact, within(1e-9));
            assertThat(model.negativeLogLikelihood(reference.get("text").asText()))
                    .isCloseTo(exact, within(1e-5));
        }
    }

    @Test
    void oneChangedWeightIsFoundAtLoading() throws IOException {
        Path folder = BundledModel.unpack(cache);
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Arrays.fill(bytes, bytes.length - 512, bytes.length, (byte) 0x3e); // the last norm
        Files.write(weights, bytes);

        assertThatThrownBy(() -> JlamaChatModel.builder().folder(folder).build())
                .isInstanceOf(ModelLoadException.class)
                .hasMessageMatching(
                        "(?s).*finds a negative log-likelihood of \\d+\\.\\d{6}.*\\d+\\.\\d{6} is stored.*");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
