package dev.cermin.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML as Jackson's trees. */
final class Yaml {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Yaml() {}

    /** A file's documents; each is a mapping. */
    static List<ObjectNode> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError("There is no " + file, e);
        }
    }

    static List<ObjectNode> parse(String text) {
        List<ObjectNode> documents = new ArrayList<>();
        load(text).forEach(document -> documents.add((ObjectNode) document));
        return documents;
    }

    /** One document of any kind. */
    static JsonNode value(String text) {
        return load(text).getFirst();
    }

    private static List<JsonNode> load(String text) {
        Load load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());
        List<JsonNode> documents = new ArrayList<>();
        load.loadAllFromString(text).forEach(document -> documents.add(MAPPER.valueToTree(document)));
        return documents;
    }

    static Stream<JsonNode> all(JsonNode list) {
        List<JsonNode> values = new ArrayList<>();
        list.forEach(values::add);
        return values.stream();
    }
}
