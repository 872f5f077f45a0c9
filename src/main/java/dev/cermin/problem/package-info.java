/**
 * The problems that the bundled model learns: made at random, solved exactly, checked step by step. Touches nothing.
 */
@NullMarked
package dev.cermin.problem;

import org.jspecify.annotations.NullMarked;
