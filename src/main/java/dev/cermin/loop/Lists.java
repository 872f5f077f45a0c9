package dev.cermin.loop;

import java.util.Arrays;
import java.util.List;

/** Immutable lists from immutable lists, each copied once. */
final class Lists {
    private Lists() {}

    static <T> List<T> plus(List<T> list, T last) {
        return list.isEmpty() ? List.of(last) : of(Arrays.copyOf(list.toArray(), list.size() + 1), list.size(), last);
    }

    static <T> List<T> set(List<T> list, int index, T item) {
        return list.size() == 1 ? List.of(item) : of(list.toArray(), index, item);
    }

    @SuppressWarnings("unchecked") // every element came out of a list of T, or is one
    private static <T> List<T> of(Object[] items, int index, T item) {
        items[index] = item;
        return (List<T>) List.of(items);
    }
}
