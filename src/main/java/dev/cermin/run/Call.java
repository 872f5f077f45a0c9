package dev.cermin.run;

import dev.cermin.tool.ToolUse;
import dev.langchain4j.data.message.ChatMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The model calls of one step as they went: one, and more where the model called tools or was asked again.
 *
 * @param model the model's name
 * @param provider who answered
 * @param parameters those that were set: temperature, top-p, max-tokens, seed
 * @param promptId the prompt and its version
 * @param prompt what the model read first
 * @param response what it wrote last, raw
 * @param thinking its reasoning where the provider returns that apart; else empty
 * @param calls how many, from 1
 * @param tokensIn tokens read, as the provider counts them
 * @param tokensOut tokens written
 * @param cost by the model's price
 * @param tools the tool calls, in order
 * @param notes what is to be known of it: an escalation, a seed that could not be sent, an answer asked for again
 */
public record Call(
        String model,
        String provider,
        Map<String, String> parameters,
        String promptId,
        String prompt,
        String response,
        String thinking,
        int calls,
        long tokensIn,
        long tokensOut,
        BigDecimal cost,
        List<ToolUse> tools,
        List<String> notes) {

    /** Messages as {@link #prompt} shows them: the text of a single one, roles apart where there are more. */
    public static String shown(List<ChatMessage> messages) {
        return Ask.shown(messages);
    }

    /** The same with another text for what was written. */
    public Call withResponse(String text) {
        return new Call(
                model,
                provider,
                parameters,
                promptId,
                prompt,
                text,
                thinking,
                calls,
                tokensIn,
                tokensOut,
                cost,
                tools,
                notes);
    }

    /** The same without what may be large: prompt, response, thinking, tool calls. */
    public Call withoutTexts() {
        return new Call(
                model, provider, parameters, promptId, "", "", "", calls, tokensIn, tokensOut, cost, List.of(), notes);
    }
}
