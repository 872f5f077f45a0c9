package dev.cermin.tune.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of samples that failed, kept back until another succeeds: so many in a row are no fault of theirs but an
 * outage, and are done again when the selection goes on. Not thread-safe.
 */
final class HeldBack<T> {
    private static final int OUTAGE = 5;

    private final @Nullable Integer outage;
    private final Consumer<T> written;
    private final List<T> failed = new ArrayList<>();
    private boolean answered;
    private String last = "";

    /**
     * @param outage so many in a row; null: 5, or all where there are fewer and none succeeds
     * @param answered whether one has succeeded before
     * @param written takes the lines of those that are done
     */
    HeldBack(@Nullable Integer outage, boolean answered, Consumer<T> written) {
        this.outage = outage;
        this.answered = answered;
        this.written = written;
    }

    void succeeded(T line) {
        answered = true;
        settle();
        written.accept(line);
    }

    /** One that was never tried: it tells nothing of the others. */
    void apart(T line) {
        written.accept(line);
    }

    /** @throws OutageException where it was the last of too many */
    void failed(T line, String why) {
        failed.add(line);
        last = why;
        if (failed.size() >= (outage == null ? OUTAGE : outage)) {
            throw outage();
        }
    }

    /**
     * There are no more.
     *
     * @throws OutageException where all failed
     */
    void end() {
        if (!failed.isEmpty() && !answered && outage == null) {
            throw outage();
        }
        settle();
    }

    private void settle() {
        failed.forEach(written);
        failed.clear();
    }

    private OutageException outage() {
        return new OutageException("%d samples in a row failed, the last with: %s%n%s"
                .formatted(failed.size(), last, OutageException.REMEDY));
    }
}
