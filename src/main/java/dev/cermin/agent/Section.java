package dev.cermin.agent;

import dev.cermin.text.Names;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A mapping of a file, read key by key. */
final class Section {
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

    /** Its keys in the file's order. */
    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** The value of a key, which is known from now on; without a node where it isn't there. */
    Value value(String key) {
        known.add(key);
        return at(key);
    }

    void fault(String key, String message) {
        at(key).fault(message);
    }

    private Value at(String key) {
        Node.Entry entry = entries.get(key);
        String path = Value.join(whole.key(), key);
        int line = whole.node() == null ? whole.line() : whole.node().line();
        return entry == null
                ? new Value(whole.file(), path, line, null, whole.faults())
                : new Value(whole.file(), path, entry.line(), entry.node(), whole.faults());
    }

    /** The text of a key that must be there; empty, with a fault, where it isn't. */
    String text(String key) {
        return value(key).required();
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
    void noOtherKeys() {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                fault(key, "is not a key here; known are %s%s".formatted(known, Names.hint(key, known)));
            }
        }
    }
}
