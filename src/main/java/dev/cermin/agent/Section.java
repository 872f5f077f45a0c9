package dev.cermin.agent;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML file, read key by key; faults are collected, so that all of a file's are told at once. */
final class Section {
    private final String file;
    private final String path;
    private final int line;
    private final List<Fault> faults;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    /** @param line where it is missing, if the node is null */
    private Section(String file, String path, int line, @Nullable Node node, List<Fault> faults) {
        this.file = file;
        this.path = path;
        this.faults = faults;
        this.line = node == null ? line : lineOf(node);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (values.put(key, tuple.getValueNode()) != null) {
                    faults.add(new Fault(file, lineOf(tuple.getKeyNode()), at(key), "stands here a second time"));
                }
                lines.put(key, lineOf(tuple.getKeyNode()));
            }
        } else if (node != null) {
            faults.add(new Fault(file, lineOf(node), path, "a mapping of keys to values is expected"));
        }
    }

    /** Null, with a fault, where the text is not a mapping at all. */
    static @Nullable Section ofFile(String file, String text, List<Fault> faults) {
        Node node;
        try {
            node = new Compose(LoadSettings.builder().setLabel(file).build())
                    .composeString(text)
                    .orElse(null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            faults.add(new Fault(file, line, "", "not YAML: " + e.getProblem()));
            return null;
        } catch (YamlEngineException e) {
            faults.add(new Fault(file, 0, "", "not YAML: " + e.getMessage()));
            return null;
        }
        if (node == null) {
            faults.add(new Fault(file, 0, "", "the file is empty"));
            return null;
        }
        Section section = new Section(file, "", 0, node, faults);
        return node instanceof MappingNode ? section : null;
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String file() {
        return file;
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    void fault(String key, String message) {
        faults.add(new Fault(file, lines.getOrDefault(key, line), at(key), message));
    }

    /** The text of a key that must be there; empty, with a fault, where it isn't. */
    String text(String key) {
        if (!has(key)) {
            fault(key, "is missing");
            return "";
        }
        String value = text(key, "");
        if (value.isBlank() && values.get(key) instanceof ScalarNode) {
            fault(key, "is empty");
        }
        return value;
    }

    String text(String key, String otherwise) {
        String value = scalar(key);
        return value == null ? otherwise : value;
    }

    /** A value made from a scalar; what {@code parse} throws becomes a fault that says what is expected. */
    <T> T value(String key, T otherwise, String expected, Function<String, T> parse) {
        String text = scalar(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            fault(key, "%s is expected, not '%s'".formatted(expected, text));
            return otherwise;
        }
    }

    <E extends Enum<E>> E choice(String key, E otherwise, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return value(
                key,
                otherwise,
                "one of " + names,
                text -> Enum.valueOf(type, names.contains(text) ? text.toUpperCase(Locale.ROOT) : "?"));
    }

    /** {@code 30s}, {@code 10m}, {@code 2h}, or ISO-8601 such as {@code PT30S}, as Quarkus reads durations. */
    Duration duration(String key, Duration otherwise) {
        return value(key, otherwise, "a duration such as 30s, 10m or 2h", text -> {
            Duration duration = Duration.parse(
                    text.startsWith("P") ? text : "PT" + text.strip().toUpperCase(Locale.ROOT));
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("not positive");
            }
            return duration;
        });
    }

    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        if (values.get(key) instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode scalar) {
                    all.add(scalar.getValue());
                } else {
                    faults.add(new Fault(file, lineOf(item), at(key), "a list of names is expected"));
                }
            }
        } else {
            fault(key, "a list is expected");
        }
        return all;
    }

    Section section(String key) {
        return new Section(file, at(key), lines.getOrDefault(key, line), has(key) ? values.get(key) : null, faults);
    }

    List<Section> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (values.get(key) instanceof SequenceNode sequence) {
            List<Section> all = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                all.add(new Section(file, at(key) + "[" + all.size() + "]", line, item, faults));
            }
            return all;
        }
        fault(key, "a list is expected");
        return List.of();
    }

    /** To be called last: every key that nobody asked for is a fault. */
    void noOtherKeys() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                fault(key, "is not a key here; known are " + known);
            }
        }
    }

    private @Nullable String scalar(String key) {
        if (!has(key)) {
            return null;
        }
        if (values.get(key) instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue();
        }
        fault(key, "a single value is expected");
        return null;
    }
}
