package dev.cermin.tool;

/**
 * A tool call of a model, as it went.
 *
 * @param name the tool's
 * @param arguments as the model wrote them, JSON
 * @param result as the model got it; for a call that failed, why
 * @param failed whether the tool threw, is not there, or its arguments could not be read
 */
public record ToolUse(String name, String arguments, String result, boolean failed) {}
