/**
 * llama.cpp's server behind LangChain4j's chat interface: one that runs already, or one that is started and supervised.
 * May touch the JDK with its HTTP client, LangChain4j with its OpenAI client, and the JSON parser; nothing else of Cermin.
 */
@NullMarked
package dev.cermin.model.llamacpp;

import org.jspecify.annotations.NullMarked;
