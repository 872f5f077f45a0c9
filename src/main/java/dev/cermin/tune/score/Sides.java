package dev.cermin.tune.score;

import dev.cermin.tune.Likelihood;

/** A text behind its prompt, and alone. */
record Sides(Likelihood given, Likelihood alone) {}
