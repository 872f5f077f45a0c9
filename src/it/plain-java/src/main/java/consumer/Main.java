package consumer;

import dev.cermin.Agent;
import dev.cermin.verify.Check;
import dev.cermin.verify.Verifier;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** An agent with a verifier of the application's own, on a model of its own: it forgets units until it is told. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Verifier units = Verifier.of(
                "units",
                answer -> answer.output().endsWith(" km")
                        ? Check.pass("units", "it has a unit")
                        : Check.fail("units", "the unit, km, is missing"));
        var agent = Agent.builder("distances").model(new Forgetful()).verifier(units).build();
        var outcome = agent.run("How far is it from Kuching to Sibu by air?");

        outcome.attempts().forEach(attempt -> System.out.println(attempt.round() + ": " + attempt.draft().output()));
        System.out.println(outcome.stop().reason() + ": " + outcome.answer().orElseThrow());
    }

    private static final class Forgetful implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            String prompt = ((UserMessage) request.messages().getLast()).singleText();
            String reply = prompt.contains("the unit, km, is missing") ? "190 km" : "190";
            return ChatResponse.builder().aiMessage(AiMessage.from(reply)).build();
        }
    }
}
