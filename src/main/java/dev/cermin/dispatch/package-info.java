/**
 * Puts a question to one of several models, and to the next where that fails: limits, retries, breakers, replicas, routes.
 * Touches models, and the libraries for circuit breakers and token buckets; knows nothing of loops.
 */
@NullMarked
package dev.cermin.dispatch;

import org.jspecify.annotations.NullMarked;
