package dev.cermin.cluster;

import java.util.List;

/** A process, or several that belong together, that can be hurt. Thread-safe. */
public interface Part {
    /** Such as {@code worker-1} or {@code kafka}. */
    String name();

    /** Its live processes, all that it started with it. */
    List<ProcessHandle> processes();

    /** Starts it where it doesn't run; returns without waiting till it answers. */
    void launch();

    /** Ends it at once, as the kernel's out-of-memory killer does. */
    void kill();

    /** Stops it in its tracks: its connections stay open, and nothing answers. */
    default void pause() {
        Signals.send("STOP", processes());
    }

    /** Lets it go on from there. */
    default void resume() {
        Signals.send("CONT", processes());
    }
}
