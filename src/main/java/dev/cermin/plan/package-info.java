/**
 * What of a model fits on which cards: arithmetic on the shape that a model file or a config.json states.
 * Touches the JDK and the JSON codec; reads the headers of files, never weights, and starts nothing.
 */
@NullMarked
package dev.cermin.plan;

import org.jspecify.annotations.NullMarked;
