package dev.cermin.loop;

import java.util.List;

/**
 * What a draft came to.
 *
 * @param accepted accepted, or revise
 * @param reasons every failed check and every issue, none hidden by the first; for an accepted draft, what accepted it
 */
public record Verdict(boolean accepted, List<String> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }
}
