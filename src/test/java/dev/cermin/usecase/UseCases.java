package dev.cermin.usecase;

import dev.cermin.eval.Item;
import dev.cermin.eval.Suite;
import dev.cermin.eval.suite.Cases;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code cases}, and what tests have as answers to them. */
final class UseCases {
    static final List<String> NAMES = List.of(
            "word-problems",
            "translation",
            "java-debugging",
            "python-debugging",
            "java-optimising",
            "python-optimising");

    private UseCases() {}

    static Suite suite(String name) {
        return Cases.read(Path.of("cases", name + ".yaml"));
    }

    static Item item(String suite, String id) {
        return suite(suite).items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** By id: {@code right}, {@code wrong}, and for some {@code why} it is. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, String>> samples(String name) {
        try (InputStream in = UseCases.class.getResourceAsStream("/cases/" + name + ".yaml")) {
            return (Map<String, Map<String, String>>)
                    new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
