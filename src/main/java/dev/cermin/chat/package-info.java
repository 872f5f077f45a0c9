/**
 * Conversations in the JSON of OpenAI's chat completions, as clients send them and messages carry them.
 * Touches the loop's conversation, Jackson and LangChain4j's messages; knows nothing of HTTP.
 */
@NullMarked
package dev.cermin.chat;

import org.jspecify.annotations.NullMarked;
