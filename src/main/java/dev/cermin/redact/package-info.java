/**
 * What is not to be stored, found in texts and replaced by marks. Touches nothing of Cermin's.
 */
@NullMarked
package dev.cermin.redact;

import org.jspecify.annotations.NullMarked;
