package dev.cermin.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file, and the line where it begins, from 1. */
sealed interface Node {
    int line();

    /** As Java has it: a text, a number, a truth, null, or lists and maps of them. */
    @Nullable
    Object plain();

    /**
     * @param text as the file has it, without quotes; empty for null
     * @param plain the text's meaning by its look: {@code 3} is a number, {@code "3"} a text
     */
    record Scalar(int line, String text, @Nullable Object plain) implements Node {}

    record Items(int line, List<Node> all) implements Node {
        @Override
        public Object plain() {
            List<@Nullable Object> plain = new ArrayList<>(all.size());
            all.forEach(node -> plain.add(node.plain()));
            return Collections.unmodifiableList(plain);
        }
    }

    /** @param all by key, in the file's order */
    record Entries(int line, Map<String, Entry> all) implements Node {
        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            all.forEach((key, entry) -> plain.put(key, entry.node().plain()));
            return Collections.unmodifiableMap(plain);
        }
    }

    /** @param line of the key */
    record Entry(int line, Node node) {}
}
