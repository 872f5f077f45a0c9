package dev.cermin.agent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Parses YAML 1.2 with its lines. The engine's own limits hold: 3 Mi characters, 50 aliases of lists and mappings. They
 * let through aliases of aliases, which double with each, so what they stand for is counted here too.
 */
final class Yaml {
    private static final int MOST_VALUES = 10_000;
    private static final int DEEPEST = 100;
    private static final String TOO_DEEP =
            "lists and mappings are nested too deeply; %d is the most".formatted(DEEPEST);
    // a key that is no scalar is told by us, with its line
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setAllowNonScalarKeys(true).build();

    private final String file;
    private final int before;
    private final List<Fault> faults;
    private final StandardConstructor scalars = new StandardConstructor(SETTINGS);
    private int values;

    private Yaml(String file, int before, List<Fault> faults) {
        this.file = file;
        this.before = before;
        this.faults = faults;
    }

    /** What leaves nothing of the file to be read. */
    private static final class UnusableException extends RuntimeException {
        private final int line;

        UnusableException(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    /** Null, with a fault, for a text that is not YAML, or nothing. */
    static @Nullable Node read(String file, String text, List<Fault> faults) {
        return read(file, 0, text, faults);
    }

    /** @param before how many lines of the file stand before the text */
    static @Nullable Node read(String file, int before, String text, List<Fault> faults) {
        Fault fault;
        try {
            var root = new Compose(SETTINGS).composeString(text).orElse(null);
            if (root != null) {
                return new Yaml(file, before, faults).node(root, "", 0);
            }
            fault = new Fault(file, 0, "", "the file is empty");
        } catch (UnusableException e) {
            fault = new Fault(file, e.line, "", e.getMessage());
        } catch (MarkedYamlEngineException e) {
            fault = new Fault(file, before + line(e), "", why(e));
        } catch (ReaderException e) {
            int line = before
                    + 1
                    + (int) text.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            fault = new Fault(file, line, "", "not YAML: it has the character U+%04X".formatted(e.getCodePoint()));
        } catch (RuntimeException e) {
            // the engine lets some of the JDK's through, as for an escape that is no character
            fault = new Fault(file, 0, "", "not YAML: " + e.getMessage());
        } catch (StackOverflowError e) {
            fault = new Fault(file, 0, "", TOO_DEEP);
        }
        faults.add(fault);
        return null;
    }

    private static int line(MarkedYamlEngineException e) {
        return e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static String why(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext();
        if (context.startsWith("expected a single document")) {
            return "a second document begins here; one is expected";
        }
        int from = e.getContextMark().map(mark -> mark.getLine() + 1).orElse(0);
        return "not YAML: " + e.getProblem()
                + (context.isEmpty() ? "" : ", " + context)
                + (from > 0 && from != line(e) ? " from line " + from : "");
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node node, String path, int depth) {
        int line = lineOf(node);
        if (++values > MOST_VALUES) {
            throw new UnusableException(
                    line, "holds more than %d values, aliases counted as what they stand for".formatted(MOST_VALUES));
        }
        if (depth > DEEPEST) {
            throw new UnusableException(line, TOO_DEEP);
        }
        return switch (node) {
            case MappingNode mapping -> entries(mapping, path, depth);
            case SequenceNode sequence -> {
                List<Node> all = new ArrayList<>();
                for (var item : sequence.getValue()) {
                    all.add(node(item, path + "[" + all.size() + "]", depth + 1));
                }
                yield new Node.Items(line, all);
            }
            case ScalarNode scalar -> scalar(scalar, path);
            default -> throw new UnusableException(line, "a value is expected, not " + node.getNodeType());
        };
    }

    private Node entries(MappingNode mapping, String path, int depth) {
        Map<String, Node.Entry> all = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = lineOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)
                    || key.getValue().isBlank()) {
                faults.add(new Fault(file, line, path, "a key is a single word before a colon"));
                continue;
            }
            String at = Value.join(path, key.getValue());
            Node value = node(tuple.getValueNode(), at, depth + 1);
            Node.Entry earlier = all.putIfAbsent(key.getValue(), new Node.Entry(line, value));
            if (earlier != null) {
                faults.add(
                        new Fault(file, line, at, "stands here a second time; the first is in line " + earlier.line()));
            }
        }
        return new Node.Entries(lineOf(mapping), all);
    }

    private Node scalar(ScalarNode node, String path) {
        int line = lineOf(node);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.getValue())) {
            faults.add(new Fault(file, line, path, "has half a character: a surrogate without its other"));
        }
        try {
            Object plain = scalars.constructSingleDocument(Optional.of(node));
            return new Node.Scalar(line, plain == null ? "" : node.getValue(), plain);
        } catch (YamlEngineException e) {
            faults.add(
                    new Fault(file, line, path, "'%s' can't be read as %s".formatted(node.getValue(), node.getTag())));
            return new Node.Scalar(line, node.getValue(), node.getValue());
        }
    }

    private int lineOf(org.snakeyaml.engine.v2.nodes.Node node) {
        return node.getStartMark().map(mark -> before + mark.getLine() + 1).orElse(0);
    }
}
