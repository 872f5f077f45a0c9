/**
 * A critic's reflection on a draft, and the formats in which models write one.
 * Touches the JDK only.
 */
@NullMarked
package dev.cermin.critique;

import org.jspecify.annotations.NullMarked;
