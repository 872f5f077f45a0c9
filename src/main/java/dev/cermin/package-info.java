/**
 * Cermin, "mirror": agents that generate, reflect and correct. This is the door for applications: {@link dev.cermin.Agent}
 * and what it hands out. Touches everything that runs a loop in process, and LangChain4j's model interfaces; nothing
 * touches it.
 */
@NullMarked
package dev.cermin;

import org.jspecify.annotations.NullMarked;
