package dev.cermin.verify;

/** What an {@link Algebra} computes with. Both are in its normal form; below is not 0, and 1 where it would be a number. */
record Quotient(Polynomial over, Polynomial under) {}
