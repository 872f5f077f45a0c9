package dev.cermin.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The first so many values of a tag as they are, all others as one: users make up tenants. Thread-safe. */
final class TagLimit {
    static final String OTHERS = "(others)";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TagLimit(int most) {
        this.most = most;
    }

    String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        // a few more than the limit may get in at once, which does no harm
        return known.size() < most && known.add(value) ? value : OTHERS;
    }
}
