package dev.cermin.agent;

import dev.cermin.json.Json;
import dev.cermin.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of many mappings. */
record SectionFile(Path path, List<Fault> faults) {
    /** What Jackson says of places: it sees a line alone. */
    private static final Pattern PLACE = Pattern.compile("(?s) ?\\(?(?:start marker )?at \\[.*");

    List<Section> sections() {
        String text = text();
        if (text == null) {
            return List.of();
        }
        String name = path.toString();
        if (name.endsWith(".jsonl")) {
            return lines(text);
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return items(text);
        }
        fault(0, "the file's name is to end in .yaml or .yml, or in .jsonl for JSON Lines");
        return List.of();
    }

    private @Nullable String text() {
        if (!Files.isRegularFile(path)) {
            fault(0, "there is no such file");
            return null;
        }
        try {
            return NotUtf8Exception.text(Files.readAllBytes(path));
        } catch (NotUtf8Exception e) {
            fault(e.line(), e.getMessage());
        } catch (IOException e) {
            fault(0, "can't be read: " + e);
        }
        return null;
    }

    private List<Section> items(String text) {
        Node node = Yaml.read(path.toString(), text, faults);
        if (node == null) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Value item : value(node).items()) {
            add(item, sections);
        }
        return sections;
    }

    /** JSON is YAML, and the one that reads YAML knows the lines. */
    private List<Section> lines(String text) {
        List<Section> sections = new ArrayList<>();
        int before = 0;
        for (String line : text.replaceFirst("^\uFEFF", "").lines().toList()) {
            if (!line.isBlank() && isJson(line, before + 1)) {
                Node node = Yaml.read(path.toString(), before, line, faults);
                if (node != null) {
                    add(value(node), sections);
                }
            }
            before++;
        }
        if (before == 0) {
            fault(0, "the file is empty");
        }
        return sections;
    }

    private boolean isJson(String line, int number) {
        try {
            Json.read(line, Object.class);
            return true;
        } catch (JsonException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            fault(number, "not JSON: " + PLACE.matcher(cause.getMessage()).replaceFirst(""));
            return false;
        }
    }

    private static void add(Value value, List<Section> sections) {
        Section section = value.section();
        if (value.node() instanceof Node.Entries) {
            sections.add(section);
        }
    }

    private Value value(Node node) {
        return new Value(path.toString(), "", node.line(), node, faults);
    }

    private void fault(int line, String message) {
        faults.add(new Fault(path.toString(), line, "", message));
    }
}
