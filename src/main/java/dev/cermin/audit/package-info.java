/**
 * A log of what traces came to, that can't be rewritten unseen: a Merkle tree, and signed notes about it.
 * Touches nothing but the JDK.
 */
@NullMarked
package dev.cermin.audit;

import org.jspecify.annotations.NullMarked;
