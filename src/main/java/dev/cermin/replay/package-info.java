/**
 * Stored traces done again: to the same outcome, or by another policy, critic or agent over the drafts that are there.
 * Touches traces, loops, agents and what runs verifiers; no store, no messages, no model.
 */
@NullMarked
package dev.cermin.replay;

import org.jspecify.annotations.NullMarked;
