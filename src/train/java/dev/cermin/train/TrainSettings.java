package dev.cermin.train;

/**
 * How a model is trained.
 *
 * @param steps in all
 * @param rate of the full learning rate, in (0, 1]
 * @param rows of a step, each of {@link Feed#COLUMNS} tokens; a multiple of {@link Feed#ROWS}
 * @param threads each with a copy of the model; one on a GPU
 * @param device as libtorch names it: {@code cpu}, {@code cuda}
 */
record TrainSettings(Shape shape, long seed, int steps, double rate, int rows, int threads, String device) {
    boolean isOnCpu() {
        return device.equals("cpu");
    }
}
