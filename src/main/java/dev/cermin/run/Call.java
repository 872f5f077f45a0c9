package dev.cermin.run;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A model call as it went.
 *
 * @param model the model's name
 * @param provider who answered
 * @param parameters those that were set: temperature, top-p, max-tokens
 * @param promptId the prompt and its version
 * @param prompt what the model read
 * @param response what it wrote, raw
 * @param tokensIn tokens read, as the provider counts them
 * @param tokensOut tokens written
 * @param cost by the model's price
 */
public record Call(
        String model,
        String provider,
        Map<String, String> parameters,
        String promptId,
        String prompt,
        String response,
        long tokensIn,
        long tokensOut,
        BigDecimal cost) {}
