package dev.cermin.jmh;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts model calls, and keeps their prompts while asked to. One call at a time; not thread-safe beyond that. */
final class Calls {
    private long count;
    private @Nullable List<String> prompts;

    void add(String prompt) {
        count++;
        if (prompts != null) {
            prompts.add(prompt);
        }
    }

    long count() {
        return count;
    }

    /** The prompts of the calls that are made meanwhile. */
    List<String> during(Runnable work) {
        List<String> kept = new ArrayList<>();
        prompts = kept;
        work.run();
        prompts = null;
        return kept;
    }
}
