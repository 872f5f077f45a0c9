/**
 * Plots as shapes, drawn by pages: reports of evaluations, statistics of traces.
 * Touches nothing but the JDK.
 */
@NullMarked
package dev.cermin.plot;

import org.jspecify.annotations.NullMarked;
