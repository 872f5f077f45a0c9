package dev.cermin.train;

/**
 * How a model is trained.
 *
 * @param steps in all
 * @param rate of the full learning rate, in (0, 1]
 * @param rows of a step, each of {@link Feed#COLUMNS} tokens; a multiple of {@link Feed#ROWS}
 * @param threads each with a copy of the model; one on a GPU
 * @param lessons what it learns from, to tell one run from another
 * @param device as libtorch names it: {@code cpu}, {@code cuda}
 */
record TrainSettings(
        Shape shape, long seed, int steps, double rate, int rows, int threads, String lessons, String device) {
    static final String COURSE = "the course";

    /** What a checkpoint must have been made by, to be gone on from. */
    String run() {
        return "seed %d, %d steps of %d rows, rate %s, %s".formatted(seed, steps, rows, rate, lessons);
    }

    boolean isOnCpu() {
        return device.equals("cpu");
    }
}
