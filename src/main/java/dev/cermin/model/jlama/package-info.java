/**
 * Jlama, the engine that runs a Llama model on the CPU inside this process, behind LangChain4j's chat interface.
 * May touch the JDK, langchain4j-core, jlama-core and the JSON parser that both bring; nothing else of Cermin.
 */
package dev.cermin.model.jlama;
