package dev.cermin.eval.report;

import java.util.List;

/**
 * A table for a terminal as for a page.
 *
 * @param title what it tells
 * @param head the columns' names
 * @param rows a cell for each column; the first names the row
 * @param prose whether cells are text to be read, and not figures
 */
record Table(String title, List<String> head, List<List<String>> rows, boolean prose) {
    Table(String title, List<String> head, List<List<String>> rows) {
        this(title, head, rows, false);
    }

    Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }
}
