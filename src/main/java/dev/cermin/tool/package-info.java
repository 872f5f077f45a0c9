/**
 * Tools that generators and critics may call: what models are told of them, how they are executed, what came of it.
 * Touches langchain4j-core, and langchain4j itself to execute {@code @Tool} methods; nothing else of Cermin.
 */
@NullMarked
package dev.cermin.tool;

import org.jspecify.annotations.NullMarked;
