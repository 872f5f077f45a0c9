/**
 * How Cermin's own records are written as JSON: one mapper, deterministic output.
 * Touches the JDK and Jackson (which langchain4j-core brings) only.
 */
@NullMarked
package dev.cermin.json;

import org.jspecify.annotations.NullMarked;
