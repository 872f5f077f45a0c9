package dev.cermin.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical JSON piece by piece, for what is hashed so often that {@link CanonicalJson} would take most of the time.
 * The caller sees to it that keys come in order, and what stands between. Not thread-safe.
 */
public final class CanonicalText {
    private static final long EXACT = 1L << 53;

    private final StringBuilder out;

    /** @param size in characters that is usually enough */
    public CanonicalText(int size) {
        CanonicalJson.required();
        out = new StringBuilder(size);
    }

    /** Begins anew. */
    public CanonicalText clear() {
        out.setLength(0);
        return this;
    }

    /** As it is: punctuation, keys, and values of which it is known how they are written. */
    public CanonicalText raw(String json) {
        out.append(json);
        return this;
    }

    /** What a double holds of it. */
    public CanonicalText whole(long number) {
        if (number <= EXACT && number >= -EXACT) {
            out.append(number);
        } else {
            out.append(CanonicalJson.number((double) number));
        }
        return this;
    }

    public CanonicalText bool(@Nullable Boolean value) {
        return raw(String.valueOf(value));
    }

    public CanonicalText quoted(@Nullable String value) {
        if (value == null) {
            out.append("null");
            return this;
        }
        out.append('"');
        int copied = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(value, copied, i).append('\\');
                copied = i + 1;
                switch (c) {
                    case '"', '\\' -> out.append(c);
                    case '\b' -> out.append('b');
                    case '\f' -> out.append('f');
                    case '\n' -> out.append('n');
                    case '\r' -> out.append('r');
                    case '\t' -> out.append('t');
                    default -> out.append(c < 16 ? "u000" : "u00").append(Integer.toHexString(c));
                }
            }
        }
        out.append(value, copied, value.length()).append('"');
        return this;
    }

    /** An object of texts, in the order of its keys. */
    public CanonicalText object(Map<String, String> map) {
        char before = '{';
        for (Map.Entry<String, String> entry : sorted(map).entrySet()) {
            out.append(before);
            quoted(entry.getKey());
            out.append(':');
            quoted(entry.getValue());
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
        return this;
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        boolean sorted = map instanceof TreeMap<String, String> tree && tree.comparator() == null;
        return sorted || map.size() < 2 ? map : new TreeMap<>(map);
    }

    /** What was written, as UTF-8. */
    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
