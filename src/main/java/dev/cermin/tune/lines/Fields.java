package dev.cermin.tune.lines;

import dev.cermin.json.JsonException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What lines have in common. */
final class Fields {
    private Fields() {}

    static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new JsonException("'%s' is missing".formatted(field), null);
        }
        return value;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(Class<E> type, @Nullable String word, String field) {
        E[] all = type.getEnumConstants();
        List<String> words = Arrays.stream(all).map(Fields::word).toList();
        int which = words.indexOf(required(word, field));
        if (which < 0) {
            throw new JsonException("'%s' is '%s'; one of %s is expected".formatted(field, word, words), null);
        }
        return all[which];
    }
}
