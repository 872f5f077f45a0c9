package dev.cermin.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings settings into the one form that they also have once they were written as JSON and read again, so that the same
 * settings are equal and give the same hash wherever they come from.
 */
final class SettingValues {
    private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

    private SettingValues() {}

    /** Maps sorted by key, whole numbers in the smallest type that holds them, others as doubles; all unmodifiable. */
    static Map<String, Object> of(Map<?, ?> settings) {
        return of("", settings);
    }

    private static Map<String, Object> of(String path, Map<?, ?> settings) {
        SortedMap<String, Object> all = new TreeMap<>();
        settings.forEach((key, value) -> {
            String at = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (!(key instanceof String name)) {
                throw new SettingException(at, "the name of a setting is a text, not " + key);
            }
            all.put(name, value(at, value));
        });
        return Collections.unmodifiableSortedMap(all);
    }

    private static @Nullable Object value(String path, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number(path, number);
            case Map<?, ?> map -> of(path, map);
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>(list.size());
                for (Object item : list) {
                    all.add(value(path + "[" + all.size() + "]", item));
                }
                yield Collections.unmodifiableList(all);
            }
            default ->
                throw new SettingException(
                        path,
                        "a text, a number, true, false, a list or a map is expected, not a "
                                + value.getClass().getSimpleName());
        };
    }

    private static Number number(String path, Number number) {
        return switch (number) {
            case Byte n -> n.intValue();
            case Short n -> n.intValue();
            case Integer n -> n;
            case Long n -> whole(BigInteger.valueOf(n));
            case BigInteger n -> whole(n);
            case Double n -> finite(path, n);
            // by its digits: 0.1f is meant as 0.1
            case Float n -> finite(path, Double.parseDouble(n.toString()));
            case BigDecimal n -> finite(path, n.doubleValue());
            default ->
                throw new SettingException(
                        path,
                        "a whole or a decimal number is expected, not a "
                                + number.getClass().getSimpleName());
        };
    }

    private static Number whole(BigInteger number) {
        if (number.compareTo(INT_MIN) >= 0 && number.compareTo(INT_MAX) <= 0) {
            return number.intValueExact();
        }
        if (number.bitLength() < Long.SIZE) {
            return number.longValueExact();
        }
        return number;
    }

    private static double finite(String path, double number) {
        if (!Double.isFinite(number)) {
            throw new SettingException(path, "a finite number is expected, not " + number);
        }
        return number;
    }
}
