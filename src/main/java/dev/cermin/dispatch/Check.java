package dev.cermin.dispatch;

import dev.cermin.model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one replica a tiny question.
 *
 * @param place which replica, as {@link Health#place()}
 * @param took till the answer or the failure
 * @param failure null where it answered
 * @param message of the failure, without secrets; empty where it answered
 */
public record Check(String place, Duration took, Failure.@Nullable Kind failure, String message) {
    public boolean answered() {
        return failure == null;
    }
}
