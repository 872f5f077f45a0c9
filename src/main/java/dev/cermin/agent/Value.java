package dev.cermin.agent;

import dev.cermin.text.Names;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a file at its place, whose faults are collected, so that all of a file's are told at once.
 *
 * @param key dotted, with the index in a list: {@code critics[0].name}
 * @param line of its key, or of the item of a list; where it should stand, if it is not there
 * @param node null where it is not there
 */
record Value(String file, String key, int line, @Nullable Node node, List<Fault> faults) {
    private static final int MOST_SHOWN = 80;

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean there() {
        return node != null;
    }

    Value named(String other) {
        return new Value(file, other, line, node, faults);
    }

    Value in(int otherLine) {
        return new Value(file, key, otherLine, node, faults);
    }

    void fault(String message) {
        faults.add(new Fault(file, line, key, message));
    }

    /** The text of a single value; null where there is none, with a fault where it is a list or a mapping. */
    @Nullable
    String text() {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (there()) {
            fault("a single value is expected");
        }
        return null;
    }

    /** The text of a value that must be there and not be blank; empty, with a fault, where it isn't. */
    String required() {
        if (!there()) {
            fault("is missing");
            return "";
        }
        String text = text();
        if (text != null && text.isBlank()) {
            fault("is empty");
        }
        return text == null || text.isBlank() ? "" : text;
    }

    /** What the text stands for; what can't be read as such is a fault that says what is expected. */
    <T> T as(Kind<T> kind, T otherwise) {
        String text = text();
        if (text == null) {
            return otherwise;
        }
        try {
            return kind.parse().apply(text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            fault("%s is expected, not '%s'%s".formatted(kind.expected(), brief(text), Names.hint(text, kind.names())));
            return otherwise;
        }
    }

    private static String brief(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /** The items of a list; none, with a fault, where it is no list. */
    List<Value> items() {
        List<Value> all = new ArrayList<>();
        if (node instanceof Node.Items items) {
            for (Node item : items.all()) {
                all.add(new Value(file, key + "[" + all.size() + "]", item.line(), item, faults));
            }
        } else if (there()) {
            fault("a list is expected");
        }
        return all;
    }

    Section section() {
        return new Section(this);
    }
}
