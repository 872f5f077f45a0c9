/**
 * Deterministic checks of an answer: the {@code Verifier} interface, and the verifiers that come with Cermin.
 * Touches the JDK and, for arithmetic, EvalEx; nothing else of Cermin but the names in its messages.
 */
@NullMarked
package dev.cermin.verify;

import org.jspecify.annotations.NullMarked;
