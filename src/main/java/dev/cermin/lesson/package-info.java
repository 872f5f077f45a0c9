/**
 * Lessons across runs (Reflexion's memory, arXiv 2303.11366): what a corrected failure taught, recalled for similar
 * tasks of the same agent and tenant. Whoever runs a loop recalls and learns; without that nothing is kept.
 * Touches loops, JSON and langchain4j-core's embeddings.
 */
@NullMarked
package dev.cermin.lesson;

import org.jspecify.annotations.NullMarked;
