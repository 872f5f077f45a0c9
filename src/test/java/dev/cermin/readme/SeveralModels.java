package dev.cermin.readme;

import dev.cermin.Agent;
import dev.cermin.dispatch.Dispatch;
import dev.cermin.dispatch.Rules;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/** The README's dispatch. */
final class SeveralModels {
    private SeveralModels() {}

    static String ask(ChatModel gpu1, ChatModel gpu2, ChatModel large) {
        // README:begin
        try (var models = Dispatch.builder()
                .model("small", Rules.builder().fallback(List.of("large")).build(), gpu1, gpu2)
                .model("large", Rules.DEFAULT, large)
                .build()) {
            var small = models.named("small").chat();
            var haiku = Agent.builder("haiku").model(small).build();
            return haiku.run("autumn").answer().orElseThrow();
        }
        // README:end
    }
}
