package dev.cermin.eval;

import java.util.List;

/**
 * A run and what came of its items, which may be fewer than were to be asked: it can be looked at before its end.
 *
 * @param info what was run
 * @param items those that are done, in the suite's order
 */
public record Results(RunInfo info, List<ItemResult> items) {
    public Results {
        items = List.copyOf(items);
    }
}
