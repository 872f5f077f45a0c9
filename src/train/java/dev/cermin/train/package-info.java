/**
 * Trains the bundled model on {@link dev.cermin.problem problems}, with libtorch. Never part of the product: a source
 * folder and a Maven profile of its own.
 */
@NullMarked
package dev.cermin.train;

import org.jspecify.annotations.NullMarked;
