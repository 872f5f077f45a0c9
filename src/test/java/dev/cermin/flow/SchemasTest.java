package dev.cermin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas that are published say what the code does. */
class SchemasTest {
    /** {@code -Dschemas.write=true} writes the files anew; whether they are still compatible is for you to see. */
    private static final boolean WRITE = Boolean.getBoolean("schemas.write");

    static final Path FOLDER = Path.of("src/main/resources/META-INF/resources/schemas");

    static Stream<String> types() throws ClassNotFoundException {
        return MessageSchemas.records().keySet().stream();
    }

    static Path file(String type) {
        return FOLDER.resolve(type.substring("dev.cermin.".length()) + ".json");
    }

    @ParameterizedTest
    @MethodSource("types")
    void theFileIsWhatTheRecordsSay(String type) throws Exception {
        String schema = MessageSchemas.of(type, MessageSchemas.records().get(type));
        if (WRITE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file(type), schema);
        }
        assertThat(file(type))
                .as("-Dschemas.write=true writes it anew; a change that old messages or old readers don't bear is a v2")
                .hasContent(schema);
    }

    @Test
    void theAsyncApiNamesEveryTopicAndTypeAndFilesThatAreThere() throws Exception {
        String text = Files.readString(FOLDER.resolve("asyncapi.yaml"));
        assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                .isInstanceOf(Map.class);
        assertThat(text).contains(types().toList());
        Topics.all().keySet().stream()
                .map(topic -> topic.replaceFirst("^(cermin\\.steps\\.).*", "$1{lane}"))
                .forEach(topic -> assertThat(text).contains("address: " + topic + "\n"));
        Pattern.compile("\\$ref: '([^'#]+)'")
                .matcher(text)
                .results()
                .forEach(found -> assertThat(FOLDER.resolve(found.group(1))).exists());
    }
}
