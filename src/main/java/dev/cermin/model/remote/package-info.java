/**
 * Models of remote providers, by LangChain4j: one small class each, which alone touches its provider's library.
 * What they share is here too: the wire, streams gathered into answers, failures told apart, secrets kept.
 */
@NullMarked
package dev.cermin.model.remote;

import org.jspecify.annotations.NullMarked;
