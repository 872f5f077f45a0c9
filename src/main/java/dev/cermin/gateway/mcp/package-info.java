/**
 * The Model Context Protocol's door: agents as tools, traces as resources; each call is a task like any other.
 * Touches the gateway's loops, agents, traces and the MCP extension.
 */
@NullMarked
package dev.cermin.gateway.mcp;

import org.jspecify.annotations.NullMarked;
