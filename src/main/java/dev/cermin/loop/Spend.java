package dev.cermin.loop;

import java.util.List;

/**
 * What one role of one model took.
 *
 * @param role what the model was called for
 * @param model its name
 * @param usage the sum
 */
public record Spend(Role role, String model, Usage usage) {
    /** The ledger with one more entry; entries of the same role and model are summed. */
    static List<Spend> add(List<Spend> ledger, Spend spend) {
        for (int i = 0; i < ledger.size(); i++) {
            Spend entry = ledger.get(i);
            if (entry.role == spend.role && entry.model.equals(spend.model)) {
                return Lists.set(ledger, i, new Spend(spend.role, spend.model, entry.usage.plus(spend.usage)));
            }
        }
        return Lists.plus(ledger, spend);
    }

    static Usage total(List<Spend> ledger) {
        if (ledger.isEmpty()) {
            return Usage.NONE;
        }
        Usage sum = ledger.getFirst().usage;
        for (int i = 1; i < ledger.size(); i++) {
            sum = sum.plus(ledger.get(i).usage);
        }
        return sum;
    }
}
