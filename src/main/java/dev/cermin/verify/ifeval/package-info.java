/**
 * IFEval's 25 checks of a response, as verifiers that compose: each alone, from an item of the benchmark, or named in
 * an agent file. Touches {@code verify} of Cermin, Jackson (which langchain4j-core brings) for JSON, and
 * language-detector, which only the checks of language need.
 */
@NullMarked
package dev.cermin.verify.ifeval;

import org.jspecify.annotations.NullMarked;
