package dev.cermin.model.jlama;

import com.github.tjake.jlama.safetensors.prompt.PromptSupport;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.util.List;

/** Renders messages with the chat template in the model's folder. */
final class ChatPrompt {
    /** Stand-ins from Unicode's private use area for the three openings that the template engine would act upon. */
    private static final List<List<String>> OPENINGS =
            List.of(List.of("{{", "\uE0FA"), List.of("{%", "\uE0FB"), List.of("{#", "\uE0FC"));

    private ChatPrompt() {}

    static String render(ByteLevelTokenizer tokenizer, List<ChatMessage> messages) {
        PromptSupport.Builder prompt = tokenizer
                .promptSupport()
                .orElseThrow(() -> new UnsupportedFeatureException("The model has no chat template. Add a"
                        + " chat_template to tokenizer_config.json in its folder."))
                .builder();
        for (ChatMessage message : messages) {
            switch (message) {
                case SystemMessage system -> prompt.addSystemMessage(guard(system.text()));
                case UserMessage user when user.hasSingleText() -> prompt.addUserMessage(guard(user.singleText()));
                case AiMessage answer
                when answer.text() != null && !answer.hasToolExecutionRequests() ->
                    prompt.addAssistantMessage(guard(answer.text()));
                default ->
                    throw new UnsupportedFeatureException("Jlama takes system, user and assistant messages of one text"
                            + " each, and got one of type " + message.type() + " with other content.");
            }
        }
        return restore(prompt.build().getPrompt());
    }

    /** The template engine renders its own output once more, so a message could run template code: hide it. */
    private static String guard(String content) {
        String guarded = content;
        for (List<String> opening : OPENINGS) {
            guarded = guarded.replace(opening.get(0), opening.get(1));
        }
        return guarded;
    }

    private static String restore(String prompt) {
        String restored = prompt;
        for (List<String> opening : OPENINGS) {
            restored = restored.replace(opening.get(1), opening.get(0));
        }
        return restored;
    }
}
