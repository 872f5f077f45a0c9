package dev.cermin.loop;

import java.util.Arrays;
import java.util.List;

/** Immutable lists from immutable lists, with as little copying as can be: most are of one or two. */
final class Lists {
    private Lists() {}

    static <T> List<T> plus(List<T> list, T last) {
        return switch (list.size()) {
            case 0 -> List.of(last);
            case 1 -> List.of(list.getFirst(), last);
            case 2 -> List.of(list.get(0), list.get(1), last);
            default -> of(Arrays.copyOf(list.toArray(), list.size() + 1), list.size(), last);
        };
    }

    static <T> List<T> set(List<T> list, int index, T item) {
        return switch (list.size()) {
            case 1 -> List.of(item);
            case 2 -> index == 0 ? List.of(item, list.getLast()) : List.of(list.getFirst(), item);
            default -> of(list.toArray(), index, item);
        };
    }

    @SuppressWarnings("unchecked") // every element came out of a list of T, or is one
    private static <T> List<T> of(Object[] items, int index, T item) {
        items[index] = item;
        return (List<T>) List.of(items);
    }
}
