/**
 * Deterministic checks of an answer: the {@code Verifier} interface, and the verifiers that come with Cermin.
 * Touches the JDK and Jackson; for formulas, EvalEx ({@code Expressions}, {@code Formulas}) and Rings ({@code
 * Polynomial}); for JSON schemas, json-schema-validator ({@code JsonSchema}); for SQL, JSqlParser ({@code SqlText}, {@code
 * SqlKinds}); nothing else of Cermin but {@code text}.
 */
@NullMarked
package dev.cermin.verify;

import org.jspecify.annotations.NullMarked;
