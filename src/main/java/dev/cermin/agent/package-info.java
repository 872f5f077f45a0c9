/**
 * Agents as files: definitions and prompts, read, checked and pinned by the hash of their resolved content.
 * Touches policies, critique formats and tags, makes verifiers to check their settings, and knows the names of tools;
 * SnakeYAML only to read files, Jackson's annotations only to say how a prompt is written.
 */
@NullMarked
package dev.cermin.agent;

import org.jspecify.annotations.NullMarked;
