package dev.cermin.jmh;

import dev.langchain4j.model.chat.ChatModel;

/** The least that can be done: LangChain4j's calls in a {@code for}. */
final class PlainLoop implements Loop {
    private final ChatModel model;

    PlainLoop(ChatModel model) {
        this.model = model;
    }

    @Override
    public String run(String input) {
        String draft = model.chat(Work.generate(input));
        for (int correction = 0; correction < Work.CORRECTIONS; correction++) {
            String critique = model.chat(Work.critique(input, draft));
            if (Work.accepts(critique)) {
                break;
            }
            draft = model.chat(Work.correct(input, draft, critique));
        }
        return draft;
    }
}
