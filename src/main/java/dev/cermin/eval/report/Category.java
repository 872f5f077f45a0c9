package dev.cermin.eval.report;

import java.util.List;

/**
 * The items of one category.
 *
 * @param name the category
 * @param items that are done
 * @param rows as the report has them of all items
 */
public record Category(String name, int items, List<Row> rows) {
    public Category {
        rows = List.copyOf(rows);
    }
}
