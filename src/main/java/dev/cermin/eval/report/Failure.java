package dev.cermin.eval.report;

import dev.cermin.eval.Method;

/**
 * An item that a method gave no answer to. It counts as wrong.
 *
 * @param item its id
 * @param method that failed
 * @param fault why
 */
public record Failure(String item, Method method, String fault) {}
