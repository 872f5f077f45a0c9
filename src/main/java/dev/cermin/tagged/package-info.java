/**
 * The tags of Reflection-Tuning, read from a model's text as it comes or as a whole; and text that is data, kept from
 * posing as them, as a data block's edge or as a chat template's role.
 * Touches the JDK only.
 */
@NullMarked
package dev.cermin.tagged;

import org.jspecify.annotations.NullMarked;
