package dev.cermin.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a file, whose fields are asked for by what they are to be. A field that isn't so is a fault, and reads
 * as empty: all of a row's are told at once, and {@link #isSound()} says whether there were any.
 */
final class Row {
    private final Path file;
    private final int line;
    private final ObjectNode fields;
    private final Map<String, Integer> ids;
    private final Faults faults;
    private final int before;

    /** @param ids those of earlier rows, with their lines */
    Row(Path file, int line, ObjectNode fields, Map<String, Integer> ids, Faults faults) {
        this.file = file;
        this.line = line;
        this.fields = fields;
        this.ids = ids;
        this.faults = faults;
        this.before = faults.count();
    }

    int line() {
        return line;
    }

    boolean isSound() {
        return faults.count() == before;
    }

    /** A text that isn't blank. */
    String text(String field) {
        JsonNode value = fields.get(field);
        if (value == null || !value.isTextual()) {
            return expected(field, "a text", value);
        }
        if (value.textValue().isBlank()) {
            fault(field, "is blank; a text is expected");
        }
        return value.textValue();
    }

    /** A text or a number that no earlier row has. */
    String id(String field) {
        JsonNode value = fields.get(field);
        String id = value != null && value.isIntegralNumber() ? value.asText() : text(field);
        Integer earlier = ids.putIfAbsent(id, line);
        if (earlier != null && !id.isEmpty()) {
            fault(field, "'%s' is in line %d already; ids are to be unique".formatted(id, earlier));
        }
        return id;
    }

    /** A list of texts, with one at least. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list(field, "a list of texts")) {
            if (value.isTextual()) {
                texts.add(value.textValue());
            } else {
                expected("%s[%d]".formatted(field, texts.size()), "a text", value);
                texts.add("");
            }
        }
        return texts;
    }

    /** A list of objects, with one at least. */
    List<ObjectNode> objects(String field) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode value : list(field, "a list of objects")) {
            if (!value.isObject()) {
                expected("%s[%d]".formatted(field, objects.size()), "an object", value);
            }
            objects.add(value instanceof ObjectNode object ? object : fields.objectNode());
        }
        return objects;
    }

    void fault(String field, String message) {
        faults.add(file, line, field, message);
    }

    private Iterable<JsonNode> list(String field, String expected) {
        JsonNode value = fields.get(field);
        if (value == null || !value.isArray()) {
            expected(field, expected, value);
            return List.of();
        }
        if (value.isEmpty()) {
            fault(field, "is empty; %s is expected".formatted(expected));
        }
        return value;
    }

    private String expected(String field, String what, @Nullable JsonNode given) {
        fault(
                field,
                given == null
                        ? "is missing; %s is expected".formatted(what)
                        : "%s is expected, not %s".formatted(what, shown(given)));
        return "";
    }

    private static String shown(JsonNode given) {
        String text = given.toString();
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
