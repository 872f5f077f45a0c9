/**
 * Help for people who mistype: the valid name that is nearest to the one they gave.
 * Touches nothing.
 */
@NullMarked
package dev.cermin.text;

import org.jspecify.annotations.NullMarked;
