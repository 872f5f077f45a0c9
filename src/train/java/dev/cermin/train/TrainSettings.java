package dev.cermin.train;

/**
 * How a model is trained.
 *
 * @param steps in all
 * @param threads each with a copy of the model
 * @param device as libtorch names it: {@code cpu}, {@code cuda}
 */
record TrainSettings(Shape shape, long seed, int steps, int threads, String device) {}
