package dev.cermin.loop;

import java.util.Locale;

/** What a model is called for. */
public enum Role {
    GENERATE,
    REFLECT,
    CORRECT;

    /** As written in agent files, lanes and traces. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
