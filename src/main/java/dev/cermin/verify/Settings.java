package dev.cermin.verify;

import dev.cermin.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a verifier's settings, key by key; what is missing, of another type or out of range is a
 * {@link SettingException} that names the key. Not thread-safe.
 */
public final class Settings {
    private final Map<String, Object> values;
    private final Set<String> known = new TreeSet<>();

    public Settings(Map<String, Object> values) {
        this.values = values;
    }

    /** A text that must be there. */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key, "; a text is expected"));
    }

    public Optional<String> optionalText(String key) {
        Object value = get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof List || value instanceof Map) {
            throw new SettingException(key, "a text is expected, not " + value);
        }
        return Optional.of(value.toString());
    }

    /** A whole number of at least {@code least} that must be there. */
    public int whole(String key, int least) {
        return optionalWhole(key, least)
                .orElseThrow(() -> missing(key, "; a whole number from " + least + " is expected"));
    }

    public OptionalInt optionalWhole(String key, int least) {
        Object value = get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value.toString());
            if (number >= least) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new SettingException(key, "a whole number from %d is expected, not %s".formatted(least, value));
    }

    public boolean truth(String key, boolean otherwise) {
        Object value = get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new SettingException(key, "true or false is expected, not " + value);
    }

    /** A list of texts that must be there and not be empty; a single text is a list of one. */
    public List<String> texts(String key) {
        Object value = get(key);
        List<String> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> all.add(String.valueOf(item)));
        } else if (value != null && !(value instanceof Map)) {
            all.add(value.toString());
        }
        if (value == null) {
            throw missing(key, "; a list of texts is expected");
        }
        if (all.isEmpty()) {
            throw new SettingException(key, "a list of texts is expected, not " + value);
        }
        return List.copyOf(all);
    }

    /** Any value that must be there: a JSON schema, for instance, as maps and lists. */
    public Object value(String key) {
        Object value = get(key);
        if (value == null) {
            throw missing(key, "");
        }
        return value;
    }

    /** A key of about that name, which was not asked for, may be the one, misspelt. */
    private SettingException missing(String key, String expected) {
        Set<String> others = new TreeSet<>(values.keySet());
        others.removeAll(known);
        String meant = Names.nearest(key, others)
                .map(name -> "; is it meant by '%s'?".formatted(name))
                .orElse("");
        return new SettingException(key, "is missing" + expected + meant);
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    /** To be called last: a key that nobody asked for is an error. */
    public void noOthers() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key)) {
                throw new SettingException(
                        key,
                        known.isEmpty()
                                ? "is not a setting here; there are none"
                                : "is not a setting here; known are " + known + Names.hint(key, known));
            }
        }
    }

    private Object get(String key) {
        known.add(key);
        return values.get(key);
    }
}
