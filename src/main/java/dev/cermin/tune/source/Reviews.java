package dev.cermin.tune.source;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people decided about drafts. */
@FunctionalInterface
public interface Reviews {
    Reviews NONE = (task, round, answer) -> null;

    /**
     * The last word on a draft; null where nobody decided.
     *
     * @param answer whether it is the one that the loop gave
     */
    @Nullable
    Boolean right(UUID task, int round, boolean answer);
}
