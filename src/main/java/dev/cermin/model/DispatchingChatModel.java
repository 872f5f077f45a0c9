package dev.cermin.model;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;

/** A model that hands each question on to others, one after another until one answers. Implementations are thread-safe. */
public interface DispatchingChatModel extends ChatModel {
    /**
     * An answer.
     *
     * @param by the model that gave it: its own name, provider and price
     */
    record Answer(Model by, ChatResponse response) {}

    /**
     * Blocks until one of them answers, at most for the time that the question leaves.
     *
     * @throws OutOfTimeException where that time is too short
     * @throws CallForbiddenException as the question threw it
     * @throws RuntimeException where none answers: the failure of the last
     */
    Answer ask(Question question);
}
