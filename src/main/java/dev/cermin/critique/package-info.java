/**
 * A critic's reflection on a draft, and the formats in which models write one.
 * Touches the tags, and Jackson (which langchain4j-core brings).
 */
@NullMarked
package dev.cermin.critique;

import org.jspecify.annotations.NullMarked;
