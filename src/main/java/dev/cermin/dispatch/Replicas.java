package dev.cermin.dispatch;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Those of one model, and which of them is next. Thread-safe. */
final class Replicas {
    private final List<Replica> all;
    /** They take turns while they have equally much to do. */
    private final AtomicInteger next = new AtomicInteger();

    Replicas(List<Replica> all) {
        this.all = List.copyOf(all);
    }

    List<Replica> all() {
        return all;
    }

    /** Whether any may be called. */
    boolean up() {
        for (Replica replica : all) {
            if (replica.breaker().admits()) {
                return true;
            }
        }
        return false;
    }

    /** Of those that may be called: the one not asked to wait, not yet tried, with the least to do; null for none. */
    @Nullable
    Replica pick(List<Replica> failed) {
        if (all.size() == 1) {
            Replica only = all.getFirst();
            return only.breaker().state() == Health.State.OPEN ? null : only;
        }
        int first = next.getAndIncrement();
        Replica best = null;
        double bestRank = Double.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(Math.floorMod(first + i, all.size()));
            if (replica.breaker().admits()) {
                double rank = rank(replica, failed);
                if (rank < bestRank) {
                    best = replica;
                    bestRank = rank;
                }
            }
        }
        return best;
    }

    private static double rank(Replica replica, List<Replica> failed) {
        long pause = replica.pause();
        if (pause > 0) {
            return 2e9 + pause / 1e6;
        }
        return Math.min(replica.load(), 1e8) + (failed.contains(replica) ? 1e9 : 0);
    }
}
