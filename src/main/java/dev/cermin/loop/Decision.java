package dev.cermin.loop;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a draft, or the policy in their place.
 *
 * @param choice what is to become of it
 * @param comment why; for {@link Choice#REVISE}, what the corrector goes by. Empty for nothing
 * @param by who decided, by name
 * @param byDefault whether nobody did in time
 * @param waited how long the loop waited, to the millisecond
 * @param request the id of the request that brought it; null for none
 */
public record Decision(
        Choice choice,
        String comment,
        String by,
        boolean byDefault,
        Duration waited,
        @Nullable String request) {
    /** Who decides where nobody did. */
    public static final String POLICY = "the policy";

    /** What can become of a draft. */
    public enum Choice {
        /** It is the answer. */
        ACCEPT,
        /** It is corrected once more, whatever the number of rounds. */
        REVISE,
        /** The loop ends without accepting it. */
        REJECT,
        /** The loop ends as it would have ended without the review: a default alone. */
        KEEP;

        /** As in requests. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Decision {
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(by, "by");
        waited = waited == null || waited.isNegative() ? Duration.ZERO : waited;
        if (choice == Choice.REVISE && comment.isBlank()) {
            throw new IllegalArgumentException("To have a draft revised takes a comment: what is to be corrected");
        }
    }

    /** A person's, for who decides in process. */
    public static Decision accept(String by) {
        return new Decision(Choice.ACCEPT, "", by, false, Duration.ZERO, null);
    }

    /** @param comment what is to be corrected, not blank */
    public static Decision revise(String by, String comment) {
        return new Decision(Choice.REVISE, comment, by, false, Duration.ZERO, null);
    }

    /** @param comment why, or empty */
    public static Decision reject(String by, String comment) {
        return new Decision(Choice.REJECT, comment, by, false, Duration.ZERO, null);
    }

    /** What the policy decides where nobody did. */
    public static Decision byDefault(LoopState state, Duration waited) {
        Choice choice = switch (state.plan().policy().asking().otherwise()) {
            case ACCEPT -> Choice.ACCEPT;
            case REJECT -> Choice.REJECT;
            case KEEP -> Choice.KEEP;
        };
        return new Decision(choice, "", POLICY, true, waited, null);
    }

    /** The same after so long. */
    public Decision after(Duration wait) {
        return new Decision(choice, comment, by, byDefault, Duration.ofMillis(wait.toMillis()), request);
    }

    /** Without the comment, which is to stand in one place only, where it can be erased. */
    String toldWithout(String what) {
        return what + " by " + by;
    }

    String told(String what) {
        return "%s by %s%s".formatted(what, by, comment.isBlank() ? "" : ": " + comment);
    }
}
