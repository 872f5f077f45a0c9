package dev.cermin.model.jlama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds models that were downloaded before, by their name on Hugging Face: in Cermin's own cache, and in that of the
 * Hugging Face tools, {@code HF_HUB_CACHE}, {@code HF_HOME/hub} or {@code ~/.cache/huggingface/hub}. Never downloads.
 * (huggingface.co/docs/huggingface_hub/guides/manage-cache)
 */
public final class ModelCache {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*");

    private ModelCache() {}

    /**
     * @param name such as {@code org/name}
     * @param cache Cermin's own; models lie in its folder {@code models/org/name}
     * @return the folder with the model's files
     * @throws ModelLoadException where it isn't there; the message says where it was looked for and how to get it
     */
    public static Path find(String name, Path cache) {
        return find(name, cache, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Path find(String name, Path cache, Map<String, String> environment, Path home) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a model; one such as org/name is expected, or a path".formatted(name));
        }
        Path own = cache.resolve("models").resolve(name);
        Path hub = hub(environment, home).resolve("models--" + name.replace("/", "--"));
        return Stream.of(Optional.of(own).filter(ModelCache::isModel), snapshot(hub))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new ModelLoadException(
                        Path.of(name),
                        "it is neither in %s nor in %s".formatted(own, hub),
                        "Fetch it with 'hf download %s', or put its files into the first of these folders"
                                .formatted(name)));
    }

    private static Path hub(Map<String, String> environment, Path home) {
        String hub = set(environment, "HF_HUB_CACHE");
        if (hub != null) {
            return Path.of(hub);
        }
        String own = set(environment, "HF_HOME");
        return (own != null ? Path.of(own) : home.resolve(".cache/huggingface")).resolve("hub");
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** That of the branch main, else the newest. */
    private static Optional<Path> snapshot(Path hub) {
        Path snapshots = hub.resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return Optional.empty();
        }
        try {
            List<Path> candidates = new ArrayList<>();
            Path main = hub.resolve("refs/main");
            if (Files.isRegularFile(main)) {
                candidates.add(snapshots.resolve(Files.readString(main).strip()));
            }
            try (Stream<Path> all = Files.list(snapshots)) {
                all.sorted(Comparator.comparingLong(ModelCache::changed).reversed())
                        .forEach(candidates::add);
            }
            return candidates.stream().filter(ModelCache::isModel).findFirst();
        } catch (IOException e) {
            throw new ModelLoadException(hub, "it cannot be read: " + e, "Check that the folder is readable", e);
        }
    }

    private static long changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve("config.json"))
                && (Files.isRegularFile(folder.resolve(ModelFolder.WEIGHTS))
                        || Files.isRegularFile(folder.resolve(ModelFolder.INDEX)));
    }
}
