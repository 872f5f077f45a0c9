package dev.cermin.tune.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.cermin.json.Json;
import dev.cermin.tune.Correction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What deploy/tune names is what an export writes: its files, and their columns. */
class DeployedConfigurationsTest {
    private static final Path DEPLOY = Path.of("deploy/tune");
    private static final Pattern KEY = Pattern.compile("\\b(?:example|m|answer)(?:\\.get\\(|\\[)\"(\\w+)\"");

    /** The fields of each file by its name, those of messages too. */
    private static final Map<String, Set<String>> COLUMNS = new HashMap<>();

    @BeforeAll
    static void export(@TempDir Path set) throws IOException {
        Export.ofCorrections(List.of(new Correction("t", "2+2?", "5", "5 is odd", "4", Correction.Judge.VERIFIER)))
                .write(set);
        for (Format format : Format.values()) {
            Set<String> columns = new TreeSet<>();
            for (String line : Files.readAllLines(set.resolve(format.fileName()))) {
                names(Json.read(line, Object.class), columns);
            }
            COLUMNS.put(format.fileName(), columns);
        }
    }

    private static void names(Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> {
                into.add((String) name);
                names(inner, into);
            });
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> names(inner, into));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "reflection", "reflection-twice"})
    void axolotlFindsItsColumns(String name) throws IOException {
        Map<String, Object> dataset =
                map(list(yaml("axolotl/" + name + ".yaml").get("datasets")).getFirst());

        List<String> needed = new ArrayList<>();
        switch ((String) dataset.get("type")) {
            case "chat_template" -> {
                needed.addAll(List.of((String) dataset.get("field_messages"), "role", "content"));
                if (dataset.containsKey("message_field_training_detail")) {
                    needed.addAll(List.of(
                            (String) dataset.get("message_field_training_detail"),
                            "begin_offset",
                            "end_offset",
                            "train"));
                }
            }
            case "chatml.prompt_pairs" -> needed.addAll(List.of("prompt", "chosen", "rejected"));
            case "reflection" -> needed.addAll(List.of("instruction", "input", "output", "reflection", "corrected"));
            default -> throw new AssertionError("What does it read? " + dataset);
        }
        assertThat(columns((String) dataset.get("path"))).containsAll(needed);
    }

    @Test
    void torchtuneFindsItsColumns() throws IOException {
        Map<String, Object> dataset = map(yaml("torchtune/sft.yaml").get("dataset"));

        assertThat(columns((String) dataset.get("data_files")))
                .contains((String) dataset.get("conversation_column"), "role", "content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo"})
    void llamaFactoryFindsItsDataset(String name) throws IOException {
        assertThat(datasets())
                .containsKey((String) yaml("llamafactory/" + name + ".yaml").get("dataset"));
    }

    @Test
    void llamaFactoryFindsItsColumns() throws IOException {
        assertThat(datasets()).hasSize(5).allSatisfy((name, told) -> {
            Map<String, Object> dataset = map(told);
            List<Object> needed = new ArrayList<>(map(dataset.getOrDefault(
                            "columns", Map.of("prompt", "instruction", "query", "input", "response", "output")))
                    .values());
            Map<String, Object> tags = map(dataset.getOrDefault("tags", Map.of()));
            Stream.of("role_tag", "content_tag")
                    .map(tags::get)
                    .filter(tag -> tag != null)
                    .forEach(needed::add);
            assertThat(COLUMNS.get((String) dataset.get("file_name")))
                    .containsAll(needed.stream().map(String.class::cast).toList());
        });
    }

    private static Map<String, Object> datasets() throws IOException {
        return Json.read(Files.readString(DEPLOY.resolve("llamafactory/dataset_info.json")), new TypeReference<>() {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"trl/sft", "trl/dpo"})
    void trlFindsItsColumns(String name) throws IOException {
        String file = (String) yaml(name + ".yaml").get("data_file");

        // loss_from is asked for where it is, and stands in the other file that this script reads
        Set<String> columns = new TreeSet<>(columns(file));
        columns.add("loss_from");
        assertThat(columns).containsAll(keys(DEPLOY.resolve(name + ".py")));
        assertThat(COLUMNS.get("reflection-twice.jsonl")).contains("loss_from", "messages", "role", "content");
    }

    @Test
    void unslothFindsItsColumns() throws IOException {
        assertThat(COLUMNS.get("alpaca.jsonl")).containsAll(keys(DEPLOY.resolve("unsloth/sft.py")));
    }

    private static List<String> keys(Path script) throws IOException {
        Matcher found = KEY.matcher(Files.readString(script));
        List<String> keys = found.results().map(key -> key.group(1)).toList();
        assertThat(keys).as("keys of " + script).isNotEmpty();
        return keys;
    }

    static Stream<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aStepIsOf128SamplesAndTheRecipeIsThePapers(Path file) throws IOException {
        Map<String, Object> all = yaml(DEPLOY.relativize(file).toString());

        int each = number(all, "per_device_train_batch_size", "micro_batch_size", "batch_size");
        assertThat(each * number(all, "gradient_accumulation_steps") * 8).isEqualTo(128);
        if (!file.endsWith("dpo.yaml")) {
            assertThat(number(all, "num_train_epochs", "num_epochs", "epochs")).isEqualTo(3);
            assertThat(
                            all.containsKey("optimizer") && all.get("optimizer") instanceof Map<?, ?> optimizer
                                    ? optimizer.get("lr")
                                    : all.get("learning_rate"))
                    .isEqualTo(2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void itSaysWhatItWasCheckedAgainstAndWhatNot(Path file) throws IOException {
        assertThat(Files.readString(file)).contains("\n# Checked: ", "\n# Not checked: ");
        assertThat(Files.readString(DEPLOY.resolve("README.md")))
                .contains(file.getFileName().toString());
    }

    private static int number(Map<String, Object> all, String... names) {
        return Stream.of(names)
                .map(all::get)
                .filter(value -> value != null)
                .mapToInt(value -> ((Number) value).intValue())
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> columns(String path) {
        assertThat(path).startsWith("set/");
        Set<String> columns = COLUMNS.get(path.substring("set/".length()));
        assertThat(columns).as("a file that is exported: " + path).isNotNull();
        return columns;
    }

    private static Map<String, Object> yaml(String name) throws IOException {
        return map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(DEPLOY.resolve(name))));
    }

    @SuppressWarnings("unchecked") // YAML's and JSON's maps have names as keys
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
