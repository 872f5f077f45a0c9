/**
 * Agents as files: definitions and prompts, read, checked and pinned by the hash of their resolved content.
 * Touches policies, critique formats, tags and the names of verifiers; SnakeYAML only to read files.
 */
@NullMarked
package dev.cermin.agent;

import org.jspecify.annotations.NullMarked;
