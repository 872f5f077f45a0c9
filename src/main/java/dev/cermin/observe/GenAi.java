package dev.cermin.observe;

import dev.cermin.critique.Critique;
import dev.cermin.json.Json;
import dev.cermin.tool.ToolUse;
import dev.cermin.trace.Findings;
import dev.cermin.trace.StepKind;
import dev.cermin.trace.TraceStep;
import dev.cermin.verify.Check;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps in the words of OpenTelemetry's semantic conventions for generative AI (of their own repository,
 * open-telemetry/semantic-conventions-genai, status Development, as of August 2026): spans {@code invoke_agent}, {@code
 * chat} and {@code execute_tool}, the event {@code gen_ai.evaluation.result}, two metrics of clients. Texts are in them
 * only where they are asked for. Thread-safe.
 */
public final class GenAi {
    /** The name of the event. */
    public static final String EVALUATION = "gen_ai.evaluation.result";

    static final String TOKEN_USAGE = "gen_ai.client.token.usage";
    static final String OPERATION_DURATION = "gen_ai.client.operation.duration";

    /** As the conventions advise. */
    static final List<Long> TOKEN_BUCKETS = List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L, 4194304L, 16777216L, 67108864L);

    /** In seconds, as the conventions advise. */
    static final List<Double> DURATION_BUCKETS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    private GenAi() {}

    /** What a step found; null where it has nothing of it, or that was erased. */
    public static @Nullable Findings findings(TraceStep step) {
        String text = step.texts().findings();
        return text == null ? null : Json.read(text, Findings.class);
    }

    /** The name of a step's span. */
    public static String name(TraceStep step) {
        return step.model() == null ? step.kind().key() : "chat " + step.model();
    }

    /**
     * Of a step's span.
     *
     * @param content whether what was read and written is among them
     */
    public static Attributes step(TraceStep step, String agent, boolean content) {
        AttributesBuilder all = Attributes.builder();
        if (step.model() != null) {
            call(all, step);
            if (content) {
                put(all, "gen_ai.input.messages", messages("user", step.texts().prompt(), null));
                put(
                        all,
                        "gen_ai.output.messages",
                        messages("assistant", step.texts().response(), "stop"));
            }
        }
        all.put(Keys.AI_AGENT, agent);
        all.put(Keys.AI_CONVERSATION, step.taskId().toString());
        all.put(Keys.TASK, step.taskId().toString());
        all.put(Keys.STEP, (long) step.number());
        all.put(Keys.KIND, step.kind().key());
        all.put(Keys.ROUND, (long) step.round());
        all.put(Keys.ATTEMPT, (long) step.attempt());
        if (step.accepted() != null) {
            all.put(Keys.ACCEPTED, step.accepted());
        }
        return all.build();
    }

    private static void call(AttributesBuilder all, TraceStep step) {
        all.put(Keys.AI_OPERATION, "chat");
        all.put(Keys.AI_MODEL, String.valueOf(step.model()));
        all.put(Keys.AI_PROVIDER, provider(step));
        if (step.tokensIn() != null) {
            all.put(Keys.AI_IN, step.tokensIn());
        }
        if (step.tokensOut() != null) {
            all.put(Keys.AI_OUT, step.tokensOut());
        }
        if (step.parameters() != null) {
            step.parameters().forEach((name, value) -> parameter(all, name, value));
        }
    }

    private static void parameter(AttributesBuilder all, String name, String value) {
        String key = "gen_ai.request." + name.replace('-', '_');
        switch (name) {
            case "temperature", "top-p" -> all.put(key, Double.parseDouble(value));
            case "max-tokens", "seed" -> all.put(key, Long.parseLong(value));
            default -> all.put(key, value);
        }
    }

    /** What the conventions call it, where they have it. */
    static String provider(TraceStep step) {
        String provider = step.provider();
        if (provider == null || provider.isEmpty()) {
            return "_OTHER";
        }
        return switch (provider) {
            case "gemini" -> "gcp.gemini";
            case "mistral" -> "mistral_ai";
            case "azure-openai" -> "azure.ai.openai";
            case "bedrock" -> "aws.bedrock";
            default -> provider;
        };
    }

    /** Of the metrics of a call. */
    static Attributes metric(TraceStep step, @Nullable String token, boolean failed) {
        AttributesBuilder all = Attributes.builder();
        all.put(Keys.AI_OPERATION, "chat");
        all.put(Keys.AI_MODEL, String.valueOf(step.model()));
        all.put(Keys.AI_PROVIDER, provider(step));
        if (token != null) {
            all.put("gen_ai.token.type", token);
        }
        if (failed) {
            all.put(Keys.ERROR, "_OTHER");
        }
        return all.build();
    }

    /** Of the span of a tool call, {@code execute_tool NAME}. */
    public static Attributes tool(ToolUse use, String agent, TraceStep step, boolean content) {
        AttributesBuilder all = Attributes.builder();
        all.put(Keys.AI_OPERATION, "execute_tool");
        all.put("gen_ai.tool.name", use.name());
        all.put("gen_ai.tool.type", "function");
        all.put(Keys.AI_AGENT, agent);
        all.put(Keys.TASK, step.taskId().toString());
        if (use.failed()) {
            all.put(Keys.ERROR, "_OTHER");
        }
        if (content) {
            all.put("gen_ai.tool.call.arguments", use.arguments());
            all.put("gen_ai.tool.call.result", use.result());
        }
        return all.build();
    }

    /** A text as the conventions' messages. */
    private static @Nullable String messages(String role, @Nullable String text, @Nullable String finish) {
        if (text == null) {
            return null;
        }
        List<Object> parts = List.of(Map.of("type", "text", "content", text));
        return Json.text(List.of(
                finish == null
                        ? Map.of("role", role, "parts", parts)
                        : Map.of("role", role, "parts", parts, "finish_reason", finish)));
    }

    private static void put(AttributesBuilder all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }

    /** What verifiers and critics found in a step, an event each. */
    public static List<Attributes> evaluations(TraceStep step, boolean content) {
        Findings found = step.kind() == StepKind.VERIFY || step.kind() == StepKind.REFLECT ? findings(step) : null;
        List<Attributes> all = new ArrayList<>();
        if (found != null && found.checks() != null) {
            for (Check check : found.checks()) {
                all.add(evaluation(
                        step,
                        check.verifier(),
                        check.passed() ? 1 : 0,
                        check.passed() ? "pass" : "fail",
                        content ? check.message() : null));
            }
        }
        if (found != null && found.critique() != null) {
            Critique critique = found.critique();
            all.add(evaluation(
                    step,
                    critique.critic(),
                    critique.readable() ? critique.score() : null,
                    critique.opinion().name().toLowerCase(Locale.ROOT),
                    content ? String.join("; ", critique.issues()) : null));
        }
        return all;
    }

    private static Attributes evaluation(
            TraceStep step, String name, @Nullable Number score, String label, @Nullable String explanation) {
        AttributesBuilder all = Attributes.builder();
        all.put("gen_ai.evaluation.name", name);
        if (score != null) {
            all.put("gen_ai.evaluation.score.value", score.doubleValue());
        }
        all.put("gen_ai.evaluation.score.label", label);
        put(all, "gen_ai.evaluation.explanation", explanation);
        all.put(Keys.TASK, step.taskId().toString());
        all.put(Keys.ROUND, (long) step.round());
        return all.build();
    }
}
