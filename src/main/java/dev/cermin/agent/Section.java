package dev.cermin.agent;

import dev.cermin.text.Names;
import dev.cermin.verify.VerifierSpec;
import dev.cermin.verify.Verifiers;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a file, read key by key; what is wrong with it becomes a {@link Fault} at its line. Files of other rooms
 * are read so too: {@link #listOf}. Not thread-safe.
 */
public final class Section {
    private final Value whole;
    private final Map<String, Node.Entry> entries;
    private final Set<String> known = new TreeSet<>();

    /** A value that is not there is read as a mapping without keys; one that is no mapping is a fault. */
    Section(Value whole) {
        this.whole = whole;
        if (whole.node() instanceof Node.Entries mapping) {
            entries = mapping.all();
        } else {
            entries = Map.of();
            if (whole.there()) {
                whole.fault("a mapping of keys to values is expected");
            }
        }
    }

    /**
     * A file's mapping; null, with a fault, where it can't be read as one.
     *
     * @param missing run where there is no such file, in place of a fault
     */
    static @Nullable Section of(Source source, String path, List<Fault> faults, Runnable missing) {
        String place = source.place(path);
        String text;
        try {
            text = source.read(path).orElse(null);
        } catch (NotUtf8Exception e) {
            faults.add(new Fault(place, e.line(), "", e.getMessage()));
            return null;
        } catch (UncheckedIOException e) {
            faults.add(new Fault(place, 0, "", "can't be read: " + e.getCause()));
            return null;
        }
        if (text == null) {
            missing.run();
            return null;
        }
        Node node = Yaml.read(place, text, faults);
        if (node == null) {
            return null;
        }
        Section section = new Section(new Value(place, "", node.line(), node, faults));
        return node instanceof Node.Entries ? section : null;
    }

    /**
     * The mappings of a file of many, in its order: of YAML ({@code .yaml}, {@code .yml}) the items of its list, of JSON
     * Lines ({@code .jsonl}) one a line, blank lines left out.
     *
     * @param faults to which is added what can't be read, with its line; a mapping that is left out of the list has one
     */
    public static List<Section> listOf(Path file, List<Fault> faults) {
        return new SectionFile(file, faults).sections();
    }

    /** Where it begins, from 1. */
    public int line() {
        return whole.node() == null ? whole.line() : whole.node().line();
    }

    /** Its keys in the file's order. */
    Set<String> keys() {
        return entries.keySet();
    }

    /** Whether it is there; the key is known from now on. */
    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** The value of a key, which is known from now on; without a node where it isn't there. */
    Value value(String key) {
        known.add(key);
        return at(key);
    }

    /** Adds a fault of a key, at its line, or where it should stand. */
    public void fault(String key, String message) {
        at(key).fault(message);
    }

    /** Adds a fault of the whole mapping. */
    public void fault(String message) {
        whole.in(line()).fault(message);
    }

    private Value at(String key) {
        Node.Entry entry = entries.get(key);
        String path = Value.join(whole.key(), key);
        return entry == null
                ? new Value(whole.file(), path, line(), null, whole.faults())
                : new Value(whole.file(), path, entry.line(), entry.node(), whole.faults());
    }

    /** The text of a key that must be there and not be blank; empty, with a fault, where it isn't. */
    public String text(String key) {
        return value(key).required();
    }

    /** The text of a key that may be left out, but not be blank. */
    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(value(key).required()) : Optional.empty();
    }

    /** A list of texts, or one alone; empty where it is left out. */
    public List<String> texts(String key) {
        Value value = value(key);
        if (value.node() instanceof Node.Scalar) {
            return List.of(value.required());
        }
        if (value.node() instanceof Node.Items items && items.all().isEmpty()) {
            value.fault("is empty; a text or a list of texts is expected");
        }
        return value.items().stream().map(Value::required).toList();
    }

    /** Texts by name, sorted; empty where it is left out. */
    public Map<String, String> textsByName(String key) {
        Section section = section(key);
        Map<String, String> texts = new TreeMap<>();
        section.keys().forEach(name -> texts.put(name, section.text(name)));
        return texts;
    }

    /** The verifiers under the key {@code verifiers}, as agent files have them; each is made once, to find its faults. */
    public List<VerifierSpec> verifiers(Verifiers known) {
        return new VerifierReader(known).verifiers(this);
    }

    <T> T get(String key, Kind<T> kind, T otherwise) {
        return value(key).as(kind, otherwise);
    }

    Section section(String key) {
        return value(key).section();
    }

    List<Section> sections(String key) {
        List<Section> all = new ArrayList<>();
        value(key).items().forEach(item -> all.add(item.section()));
        return all;
    }

    /** To be called last: every key that nobody asked for is a fault. */
    public void noOtherKeys() {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                fault(key, "is not a key here; known are %s%s".formatted(known, Names.hint(key, known)));
            }
        }
    }
}
