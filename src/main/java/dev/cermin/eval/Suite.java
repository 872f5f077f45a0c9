package dev.cermin.eval;

import java.util.List;

/**
 * Items that are asked and scored in one way.
 *
 * @param name such as {@code gsm8k}
 * @param source where the items came from: files, or a generator and its seed
 * @param prompting how they are asked and read, for the report: the convention's name and what it says
 * @param items in the source's order
 */
public record Suite(String name, String source, String prompting, List<Item> items) {
    public Suite {
        items = List.copyOf(items);
    }
}
