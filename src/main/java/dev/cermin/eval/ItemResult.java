package dev.cermin.eval;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one item.
 *
 * @param id the item's
 * @param category the item's
 * @param input the item's
 * @param gold the item's
 * @param by every method that was asked for
 */
public record ItemResult(String id, String category, String input, String gold, Map<Method, Answered> by) {
    public ItemResult {
        by = new TreeMap<>(by);
    }
}
