/**
 * OpenAI's API, with agents for models: each chat completion is a task, which the flow carries and the trace records.
 * Touches the gateway's loops, conversations, agents and traces, and Vert.x for HTTP.
 */
@NullMarked
package dev.cermin.gateway.openai;

import org.jspecify.annotations.NullMarked;
