/**
 * Models by name: which engine or provider answers, and what a token costs.
 * Touches langchain4j-core, and each engine's own library in the class that makes it; nothing of loops or agents.
 */
@NullMarked
package dev.cermin.model;

import org.jspecify.annotations.NullMarked;
