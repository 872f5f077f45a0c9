package dev.cermin.jmh;

/** A way to run the loop of {@link Work}. */
interface Loop {
    /** Runs one loop; returns its answer. */
    String run(String input);
}
