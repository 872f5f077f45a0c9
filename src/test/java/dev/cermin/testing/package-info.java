/**
 * What several tests share: scripted models, a clock that is set by hand, agents built in code; for the services their
 * stores, and clients beside them. Touches whatever it stands in for.
 */
@NullMarked
package dev.cermin.testing;

import org.jspecify.annotations.NullMarked;
