/**
 * What several tests share: a scripted model, a clock that is set by hand, agents built in code.
 * Touches the core only.
 */
@NullMarked
package dev.cermin.testing;

import org.jspecify.annotations.NullMarked;
